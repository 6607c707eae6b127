using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Directory;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Tables;

namespace Sasaeai.Features.Imports;

/// <summary>What a file would change, which columns were understood, and the button that applies it.</summary>
public class ShowModel(AppDb db, CurrentPerson person, TimeProvider time, Publisher publisher, AuditTrail trail, IServiceProvider services) : PageModel
{
    public const int Size = 50;
    private ImportResult? result;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public ImportUpload Upload { get; private set; } = null!;
    public ImportResult Result => result ?? throw new InvalidOperationException("The file has not been looked at.");
    /// <summary>Why the file cannot be read at all.</summary>
    public string? Unreadable { get; private set; }
    public string Label => ImportNouns.LabelOf(Upload.Noun);
    public IReadOnlyList<ImportProblem> Problems { get; private set; } = [];
    /// <summary>Columns whose field a person has to choose or may choose.</summary>
    public IReadOnlyList<int> OpenColumns { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Fields { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Categories { get; private set; } = [];
    public bool CanApply => Unreadable is null && Result.Missing.Count == 0 && Result.Report is var report && report.Created + report.Updated + report.Kept + report.Unchanged > 0;

    public async Task OnGetAsync()
    {
        await LoadAsync();
        if (Upload.AppliedAt is null)
        {
            await LookAsync();
        }
    }

    public async Task<IActionResult> OnGetReportAsync()
    {
        await LoadAsync();
        if (Upload.Report is not null)
        {
            return File(Upload.Report, "text/csv; charset=utf-8", "取り込みの報告.csv");
        }

        await LookAsync();
        return Unreadable is null ? File(await CsvAsync(Result.Report), "text/csv; charset=utf-8", "取り込みの報告.csv") : NotFound();
    }

    /// <summary>Which column is which field, kept for the next file with this header.</summary>
    public async Task<IActionResult> OnPostMappingAsync(Dictionary<int, string> columns, string? category)
    {
        await LoadAsync();
        await LookAsync();
        Rule.Require(Unreadable is null && Upload.AppliedAt is null, "このファイルの列は選べません。");
        Rule.Require(columns.Values.All(field => field == "" || Fields.Any(known => known.Value == field)) && columns.Keys.All(column => column >= 0 && column < Result.Header.Count), "列の選び方が正しくありません。選び直してください。");
        var map = columns.Where(column => Result.Header[column.Key] != "").GroupBy(column => Result.Header[column.Key]).ToDictionary(same => same.Key, same => same.Last().Value ?? "");
        foreach (var (field, column) in Result.Match.Columns)
        {
            map.TryAdd(Result.Header[column], field);
        }

        var kept = await db.GetAsync<ImportUpload>(Id);
        kept.Defaults = string.IsNullOrEmpty(category) || Categories.All(known => known.Value != category) ? [] : new() { [ResourceColumns.Category] = category };
        await new ImportRun(db, publisher, trail, time).KeepMapAsync(Upload.Noun, Result.Header, map);
        TempData["Notice"] = "列の対応を保存しました。同じ見出しのファイルでは、次からこの対応を使います。";
        return RedirectToPage(new { Id });
    }

    public async Task<IActionResult> OnPostForgetMappingAsync()
    {
        await LoadAsync();
        await LookAsync();
        Rule.Require(Unreadable is null && Upload.AppliedAt is null, "このファイルの列は選べません。");
        await new ImportRun(db, publisher, trail, time).ForgetMapAsync(Upload.Noun, Result.Header);
        TempData["Notice"] = "保存していた列の対応を取り消しました。列の名前だけで見分けています。";
        return RedirectToPage(new { Id });
    }

    public async Task<IActionResult> OnPostApplyAsync(bool skipRefused)
    {
        await LoadAsync();
        await LookAsync();
        Rule.Require(Upload.AppliedAt is null, "このファイルはすでに取り込みました。");
        Rule.Require(Unreadable is null, Unreadable ?? "");
        Rule.Require(Result.Missing.Count == 0, "必要な列がそろっていません。列を選んでください。");
        Rule.Require(Result.Report.Refused == 0 || skipRefused, $"取り込めない行が{Result.Report.Refused:N0}件あります。ファイルを直してから、もう一度選んでください。その行を除いてよいときは、下の印を付けてください。");
        var applied = await RunAsync(new ImportOptions(SkipRefused: true, Defaults: Upload.Defaults));
        var upload = await db.GetAsync<ImportUpload>(Id);
        upload.Apply(await CsvAsync(applied.Report), applied.Report.Lines().First(), time.GetUtcNow());
        trail.Note("import", Upload.Noun, Id, applied.Report.Lines().First());
        await db.SaveChangesAsync();
        TempData["Notice"] = $"{Label}を取り込みました。";
        return RedirectToPage(new { Id });
    }

    private async Task LoadAsync()
    {
        person.Require(person.IsOfficer);
        var upload = await db.ImportUploads.AsNoTracking().SingleOrDefaultAsync(upload => upload.Id == Id);
        Upload = upload is not null && upload.AccountId == person.Account!.Id && upload.ExpiresAt > time.GetUtcNow() ? upload : throw new NotFoundException();
    }

    private async Task LookAsync()
    {
        try
        {
            result = await RunAsync(new ImportOptions(DryRun: true, Defaults: Upload.Defaults));
        }
        catch (TableRefusedException refused)
        {
            Unreadable = refused.Message;
            return;
        }

        Problems = [.. Result.Report.Problems.OrderBy(problem => problem.Severity).ThenBy(problem => problem.Row)];
        Number = Math.Clamp(Number, 1, Math.Max(1, (Problems.Count + Size - 1) / Size));
        OpenColumns = [.. Result.Match.Unmatched.Concat(Result.Match.Ambiguous.SelectMany(twice => twice.Columns)).Where(column => Result.Header[column] != "").Order()];
        Fields = [.. ImportNouns.Of(Upload.Noun, services).Fields.Select(field => new SelectListItem(field.Name, field.Name))];
        Categories = Upload.Noun == "resources" && !Result.Match.Columns.ContainsKey(ResourceColumns.Category)
            ? [.. (await db.Categories.AsNoTracking().OrderBy(category => category.Sort).ToListAsync()).Select(category => new SelectListItem(category.Name, category.Code, Upload.Defaults.GetValueOrDefault(ResourceColumns.Category) == category.Code))] : [];
    }

    private async Task<ImportResult> RunAsync(ImportOptions options)
    {
        using var file = new MemoryStream(Upload.Bytes);
        return await new ImportRun(db, publisher, trail, time).RunAsync(Upload.Noun, ImportNouns.Of(Upload.Noun, services), file, Upload.FileName, options);
    }

    private static async Task<byte[]> CsvAsync(ImportReport report)
    {
        using var bytes = new MemoryStream();
        await report.WriteCsvAsync(bytes, CsvEncoding.Utf8Bom);
        return bytes.ToArray();
    }
}
