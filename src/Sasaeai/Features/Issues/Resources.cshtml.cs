using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Forms;

namespace Sasaeai.Features.Issues;

/// <summary>What is there already, found through the public directory: 対応できている, 足りない, 使われていない.</summary>
public class ResourcesModel(AppDb db, IssueDesk desk, PublicDirectory directory) : PageModel
{
    private const int Most = 20;

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public Issue Issue { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public Task OnGetAsync(Guid id, CancellationToken cancellation) => LoadAsync(id, cancellation);

    public async Task<IActionResult> OnPostAsync(Guid id, Dictionary<Guid, ResourceFit> fit, Dictionary<Guid, string?> note, CancellationToken cancellation)
    {
        await LoadAsync(id, cancellation);
        Issue.RequireOpen();
        Rule.Require(ModelState.IsValid && fit.Values.All(Enum.IsDefined) && note.Values.All(text => text is null || text.Length <= 500), "選んだ印を読み取れません。メモは500文字までです。画面を開き直してください。");
        var known = await db.IssueResources.Where(mark => mark.IssueId == id).ToDictionaryAsync(mark => mark.ResourceId);
        var by = desk.Mover;
        foreach (var row in Rows.Where(row => fit.ContainsKey(row.Id)))
        {
            var mark = known.GetValueOrDefault(row.Id) ?? db.Add(new IssueResource { IssueId = id, ResourceId = row.Id, Fit = fit[row.Id], MarkedAt = by.At, MarkedBy = by.Actor.Name }).Entity;
            (mark.Fit, mark.Note, mark.MarkedAt, mark.MarkedBy) = (fit[row.Id], PlainText.Of(note.GetValueOrDefault(row.Id)), by.At, by.Actor.Name);
        }

        await db.SaveChangesAsync();
        TempData["Notice"] = "今あるものの印を保存しました。";
        return RedirectToPage("Show", new { id });
    }

    private async Task LoadAsync(Guid id, CancellationToken cancellation)
    {
        Issue = await desk.ChangeAsync(id);
        var town = await directory.OpenAsync(cancellation);
        var category = town.Directory.Category(Issue.CategoryCode)?.Code;
        var found = string.IsNullOrWhiteSpace(Q) && category is null ? [] : town.Search(new DirectoryQuery { Text = Q, Category = string.IsNullOrWhiteSpace(Q) ? category : null, Area = Issue.AreaId, Take = Most }).Hits
            .Where(hit => hit.MunicipalityId == db.TownId).Select(hit => (hit.Id, hit.Entry.Name)).ToList();
        var marked = await db.IssueResources.AsNoTracking().Where(mark => mark.IssueId == id).Join(db.Resources, mark => mark.ResourceId, resource => resource.Id, (mark, resource) => new Row(resource.Id, resource.Name, mark.Fit, mark.Note)).ToListAsync(cancellation);
        Rows = [.. marked, .. found.Where(hit => marked.All(row => row.Id != hit.Id)).Select(hit => new Row(hit.Id, hit.Name, null, ""))];
    }

    public sealed record Row(Guid Id, string Name, ResourceFit? Fit, string Note);
}
