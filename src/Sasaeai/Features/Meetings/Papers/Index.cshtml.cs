using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Attachments;
using Sasaeai.Features.Forms;
using Sasaeai.Web;

namespace Sasaeai.Features.Meetings.Papers;

/// <summary>配付資料.</summary>
[RequestSizeLimit(UploadLimits.PhotoBytes + UploadLimits.FieldBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = UploadLimits.PhotoBytes + UploadLimits.FieldBytes)]
public class IndexModel(AppDb db, MeetingDesk desk, CurrentPerson person, TimeProvider time) : PageModel
{
    private const int Most = 30;

    [BindProperty]
    public Input Form { get; set; } = new();

    public Meeting Meeting { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(Guid id) => await LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Meeting.RequireOpen();
        Rule.Require(Rows.Count < Most, $"一つの会議に付けられるのは{Most}件までです。");
        Rule.Require(Form.File!.Length <= UploadLimits.PhotoBytes, "ファイルが8MBを超えています。小さくしてから選び直してください。");
        using var bytes = new MemoryStream();
        await Form.File.CopyToAsync(bytes);
        var clean = PictureCleaning.Clean(bytes.ToArray());
        Rule.Require(clean is not null, "読み取れるのはPDFと、JPEG、PNG、WebPの写真だけです。別の形で保存してから、もう一度選んでください。");
        db.MeetingPapers.Add(new MeetingPaper { MeetingId = id, MediaType = clean!.MediaType, FileName = CleanFile.NameOf(Form.File.FileName), Caption = PlainText.Of(Form.Caption), Bytes = clean.Bytes, CreatedAt = time.GetUtcNow(), CreatedBy = person.Name });
        return await SaveAsync(id, "資料を付けました。");
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, Guid paper)
    {
        await LoadAsync(id);
        ModelState.Clear();     // the form of another handler
        Meeting.RequireOpen();
        var found = await db.GetAsync<MeetingPaper>(paper) is { RemovedAt: null } known && known.MeetingId == id ? known : throw new NotFoundException();
        found.RemovedAt = time.GetUtcNow();
        return await SaveAsync(id, "資料を外しました。");
    }

    private async Task<IActionResult> SaveAsync(Guid id, string notice)
    {
        await db.SaveChangesAsync();
        TempData["Notice"] = notice;
        return RedirectToPage("Index", new { id });
    }

    private async Task LoadAsync(Guid id)
    {
        Meeting = await desk.OpenAsync(id);
        Rows = await db.MeetingPapers.AsNoTracking().Where(paper => paper.MeetingId == id && paper.RemovedAt == null).OrderBy(paper => paper.CreatedAt)
            .Select(paper => new Row(paper.Id, paper.FileName, paper.Caption, paper.CreatedAt, paper.CreatedBy)).ToListAsync();
    }

    public class Input
    {
        [Display(Name = "資料のファイル"), Required(ErrorMessage = "ファイルを選んでください。")]
        public IFormFile? File { get; set; }

        [Display(Name = "資料の名前"), StringLength(100)]
        public string? Caption { get; set; }
    }

    public sealed record Row(Guid Id, string FileName, string Caption, DateTimeOffset CreatedAt, string CreatedBy);
}
