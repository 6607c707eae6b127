using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Departments;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Web;

namespace Sasaeai.Features.TownSettings.Departments;

public class EditModel(AppDb db, CurrentPerson person) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public Department? Department { get; private set; }

    public async Task OnGetAsync(Guid? id)
    {
        await LoadAsync(id);
        Form = Department is { } known
            ? new Input { Name = known.Name, Duty = known.Duty, Phone = known.Phone, Sort = known.Sort, StartsOn = known.StartsOn is { } first ? new DateInput(first) : null, EndsOn = known.EndsOn is { } last ? new DateInput(last) : null }
            : Form;
    }

    public async Task<IActionResult> OnPostAsync(Guid? id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var name = PlainText.Of(Form.Name);
        Rule.Require(name != "", "課の名前を入力してください。");
        Rule.Require(!await db.Departments.AnyAsync(other => other.Name == name && other.Id != id), $"「{name}」という課は、すでにあります。");
        var department = Department ?? db.Add(new Department { Name = name }).Entity;
        (department.Name, department.Duty, department.Phone, department.Sort) = (name, PlainText.Of(Form.Duty), PlainText.Of(Form.Phone), Form.Sort);
        department.HoldFrom(Choices.Day(Form.StartsOn, "始まりの日"), Choices.Day(Form.EndsOn, "終わりの日"));
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{name}」を保存しました。";
        return RedirectToPage("Index");
    }

    private async Task LoadAsync(Guid? id)
    {
        person.Require(person.IsOfficer);
        Department = id is { } known ? await db.GetAsync<Department>(known) : null;
    }

    public class Input
    {
        [Display(Name = "課の名前"), Required(ErrorMessage = "課の名前を入力してください。"), StringLength(100)]
        public string Name { get; set; } = "";

        [Display(Name = "受け持ち"), StringLength(200)]
        public string? Duty { get; set; }

        [Display(Name = "電話"), StringLength(40)]
        public string? Phone { get; set; }

        [Display(Name = "並び順"), Range(0, 9999)]
        public int Sort { get; set; }

        [Display(Name = "始まりの日")]
        public DateInput? StartsOn { get; set; }

        [Display(Name = "終わりの日")]
        public DateInput? EndsOn { get; set; }
    }
}
