using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Imports;

/// <summary>What is brought in, and from which file.</summary>
[RequestSizeLimit(UploadLimits.TableBytes + UploadLimits.FieldBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = UploadLimits.TableBytes + UploadLimits.FieldBytes)]
public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public IEnumerable<SelectListItem> Nouns { get; } = ImportNouns.All.Select(kind => new SelectListItem(kind.Label, kind.Noun));

    public void OnGet() => person.Require(person.IsOfficer);

    public async Task<IActionResult> OnPostAsync()
    {
        person.Require(person.IsOfficer);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(ImportNouns.All.Any(kind => kind.Noun == Form.Noun), "何を取り込むかを選んでください。");
        Rule.Require(Form.File!.Length is > 0 and <= UploadLimits.TableBytes, Form.File.Length == 0 ? "ファイルが空です。1行目に列の名前（見出し）、2行目からデータのある表を選んでください。" : "ファイルが大きすぎます（上限は20MB）。行を分けて、いくつかのファイルにしてください。");
        using var bytes = new MemoryStream();
        await Form.File.CopyToAsync(bytes);
        var now = time.GetUtcNow();
        await db.ImportUploads.Where(old => old.ExpiresAt < now).ExecuteDeleteAsync();
        var name = Path.GetFileName(Form.File.FileName);
        var upload = new ImportUpload { AccountId = person.Account!.Id, Noun = Form.Noun, FileName = name.Length > 100 ? name[^100..] : name, Bytes = bytes.ToArray(), CreatedAt = now, ExpiresAt = now + ImportUpload.Kept };
        db.ImportUploads.Add(upload);
        await db.SaveChangesAsync();
        return RedirectToPage("Show", new { id = upload.Id });
    }

    public class Input
    {
        [Display(Name = "取り込むもの"), Required(ErrorMessage = "何を取り込むかを選んでください。")]
        public string Noun { get; set; } = "";

        [Display(Name = "ファイル"), Required(ErrorMessage = "ファイルを選んでください。")]
        public IFormFile? File { get; set; }
    }
}
