using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Imports;
using Sasaeai.Web;

namespace Sasaeai.Features.Members.Imports;

[RequestSizeLimit(UploadLimits.TableBytes + UploadLimits.FieldBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = UploadLimits.TableBytes + UploadLimits.FieldBytes)]
public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;

    [BindProperty, Display(Name = "ファイル"), Required(ErrorMessage = "ファイルを選んでください。")]
    public IFormFile? Table { get; set; }

    public IReadOnlyList<Earlier> Before { get; private set; } = [];

    public Task OnGetAsync(Guid id) => LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Table!.Length is > 0 and <= UploadLimits.TableBytes, Table.Length == 0 ? "ファイルが空です。1行目に見出し、2行目からデータのある表を選んでください。" : "ファイルが大きすぎます（上限は20MB）。");
        using var bytes = new MemoryStream();
        await Table.CopyToAsync(bytes);
        var now = time.GetUtcNow();
        await db.ImportUploads.Where(old => old.ExpiresAt < now).ExecuteDeleteAsync();
        var name = Path.GetFileName(Table.FileName);
        var upload = new ImportUpload { AccountId = person.Account!.Id, Noun = ShowModel.NounOf(id), FileName = name.Length > 100 ? name[^100..] : name, Bytes = bytes.ToArray(), CreatedAt = now, ExpiresAt = now + ImportUpload.Kept };
        db.ImportUploads.Add(upload);
        await db.SaveChangesAsync();
        return RedirectToPage("Show", new { id, uploadId = upload.Id });
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.RunAsync(person, id);
        Before = await db.Members.Where(member => member.GroupId == id && member.ImportId != null && member.ErasedAt == null).GroupBy(member => member.ImportId!.Value)
            .Select(import => new Earlier { Id = import.Key, At = import.Min(member => member.CreatedAt), Members = import.Count() }).OrderByDescending(import => import.At).Take(20).ToListAsync();
    }

    /// <summary>An import whose members are still in the register.</summary>
    public sealed class Earlier
    {
        public required Guid Id { get; init; }
        public required DateTimeOffset At { get; init; }
        public required int Members { get; init; }
    }
}
