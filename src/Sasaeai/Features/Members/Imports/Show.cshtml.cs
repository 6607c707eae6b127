using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Imports;
using Sasaeai.Tables;

namespace Sasaeai.Features.Members.Imports;

/// <summary>What the file would bring, row by row, and the button that brings it.</summary>
public class ShowModel(AppDb db, CurrentPerson person, Publisher publisher, AuditTrail trail, MemberPlaces places, TimeProvider time) : PageModel
{
    public HelpGroup Group { get; private set; } = null!;
    public ImportUpload Upload { get; private set; } = null!;
    public ImportResult? Result { get; private set; }
    public string Unreadable { get; private set; } = "";

    public static string NounOf(Guid groupId) => $"members {groupId}";

    public async Task OnGetAsync(Guid id, Guid uploadId)
    {
        await LoadAsync(id, uploadId);
        if (Upload.AppliedAt is null)
        {
            await RunAsync(dryRun: true);
        }
    }

    public async Task<IActionResult> OnGetReportAsync(Guid id, Guid uploadId)
    {
        await LoadAsync(id, uploadId);
        await RunAsync(dryRun: true);
        using var bytes = new MemoryStream();
        await (Result?.Report ?? new ImportReport()).WriteCsvAsync(bytes, CsvEncoding.Utf8Bom);
        return File(bytes.ToArray(), "text/csv; charset=utf-8", "取り込みの報告.csv");
    }

    public async Task<IActionResult> OnPostApplyAsync(Guid id, Guid uploadId)
    {
        await LoadAsync(id, uploadId);
        Rule.Require(Upload.AppliedAt is null, "このファイルはすでに取り込みました。");
        await RunAsync(dryRun: false);
        Rule.Require(Result is { Written: true }, "このファイルは取り込めません。");
        Upload.Apply([], Result!.Report.Lines().First(), time.GetUtcNow());
        trail.Note("import", "member", id, Result.Report.Lines().First());
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{Result.Report.Created:N0}人を取り込みました。";
        return RedirectToPage(new { id, uploadId });
    }

    private async Task LoadAsync(Guid id, Guid uploadId)
    {
        Group = await db.RunAsync(person, id);
        var upload = await db.ImportUploads.SingleOrDefaultAsync(upload => upload.Id == uploadId);
        Upload = upload is not null && upload.AccountId == person.Account!.Id && upload.Noun == NounOf(id) && upload.ExpiresAt > time.GetUtcNow() ? upload : throw new NotFoundException();
    }

    private async Task RunAsync(bool dryRun)
    {
        try
        {
            using var bytes = new MemoryStream(Upload.Bytes);
            Result = await new ImportRun(db, publisher, trail, time).RunAsync(Upload.Noun, new MemberImport(db, Group.Id, Upload.Id, places, time), bytes, Upload.FileName, new ImportOptions(dryRun, SkipRefused: true));
        }
        catch (TableRefusedException refused)
        {
            Unreadable = refused.Message;
        }
    }
}
