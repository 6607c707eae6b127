using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Attachments;

/// <summary>Photos and papers of a record.</summary>
[RequestSizeLimit(UploadLimits.PhotoBytes + UploadLimits.FieldBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = UploadLimits.PhotoBytes + UploadLimits.FieldBytes)]
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    private const int MostOfRecord = 30;

    [BindProperty]
    public Input Form { get; set; } = new();

    public Resource Resource { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public bool MayAdd { get; private set; }
    /// <summary>Whoever approves changes also decides which photos the public sees.</summary>
    public bool MayPublish { get; private set; }

    public async Task OnGetAsync(Guid id) => await LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        person.Require(MayAdd);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Rows.Count < MostOfRecord, $"一つの記録に付けられるのは{MostOfRecord}件までです。古いものを外してください。");
        Rule.Require(Form.File!.Length <= UploadLimits.PhotoBytes, "ファイルが8MBを超えています。小さくしてから選び直してください。");
        using var bytes = new MemoryStream();
        await Form.File.CopyToAsync(bytes);
        var clean = PictureCleaning.Clean(bytes.ToArray());
        Rule.Require(clean is not null, "読み取れるのはJPEG、PNG、WebPの写真とPDFだけです。別の形で保存してから、もう一度選んでください。");
        Rule.Require(!Form.Consented || MayPublish, "公開の同意は、承認する職員が確かめて記録します。チェックを外して付けてください。");
        Rule.Require(!Form.Consented || clean!.IsPicture, "公開できるのは写真だけです。PDFはチェックを外して付けてください。");
        db.Attachments.Add(new Attachment
        {
            ResourceId = id,
            Kind = clean!.IsPicture ? AttachmentKind.Photo : AttachmentKind.Paper,
            MediaType = clean.MediaType,
            FileName = CleanFile.NameOf(Form.File.FileName),
            Caption = Form.Caption?.Trim() ?? "",
            Bytes = clean.Bytes,
            ConsentedOn = Form.Consented ? time.Today() : null,
            CreatedAt = time.GetUtcNow(),
            CreatedBy = person.Name,
        });
        return await SaveAsync(id, "付けました。写真からは、撮影場所などの情報を取り除いています。");
    }

    public async Task<IActionResult> OnPostChangeAsync(Guid id, Guid attachment, string? caption, bool consented)
    {
        var found = await FindAsync(id, attachment);
        Rule.Require((caption?.Length ?? 0) <= Input.LongestCaption, $"説明は{Input.LongestCaption}文字以内で入力してください。");
        if (MayPublish)
        {
            found.ConsentedOn = consented && found.Kind == AttachmentKind.Photo ? found.ConsentedOn ?? time.Today() : null;
        }

        Rule.Require(MayPublish || found.ConsentedOn is null, "公開中の写真の説明は、承認する職員だけが変えられます。");
        found.Caption = caption?.Trim() ?? "";
        return await SaveAsync(id, "変更を保存しました。");
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, Guid attachment)
    {
        (await FindAsync(id, attachment)).RemovedAt = time.GetUtcNow();
        return await SaveAsync(id, "外しました。公開ページにも出ません。");
    }

    private async Task<IActionResult> SaveAsync(Guid id, string notice)
    {
        await db.SaveChangesAsync();
        TempData["Notice"] = notice;
        return RedirectToPage("Index", new { id });
    }

    private async Task<Attachment> FindAsync(Guid id, Guid attachment)
    {
        await LoadAsync(id);
        person.Require(MayAdd);
        ModelState.Clear();     // the form of another handler
        return await db.GetAsync<Attachment>(attachment) is { RemovedAt: null } found && found.ResourceId == id ? found : throw new NotFoundException();
    }

    private async Task LoadAsync(Guid id)
    {
        Resource = await db.GetAsync<Resource>(id);
        person.Require(person.CanSee(Resource));
        (MayAdd, MayPublish) = (person.CanPropose(Resource), person.CanApprove(Resource, await db.RuleAsync()));
        Rows = await db.Attachments.AsNoTracking().Where(one => one.ResourceId == id && one.RemovedAt == null).OrderBy(one => one.CreatedAt)
            .Select(one => new Row(one.Id, one.Kind, one.FileName, one.Caption, one.ConsentedOn, one.CreatedAt, one.CreatedBy)).ToListAsync();
    }

    public class Input
    {
        public const int LongestCaption = 200;

        [Display(Name = "写真またはPDF"), Required(ErrorMessage = "ファイルを選んでください。")]
        public IFormFile? File { get; set; }

        [Display(Name = "説明"), StringLength(LongestCaption)]
        public string? Caption { get; set; }

        [Display(Name = "写っている人と持ち主の同意を得たので、公開する")]
        public bool Consented { get; set; }
    }

    public sealed record Row(Guid Id, AttachmentKind Kind, string FileName, string Caption, DateOnly? ConsentedOn, DateTimeOffset CreatedAt, string CreatedBy);
}
