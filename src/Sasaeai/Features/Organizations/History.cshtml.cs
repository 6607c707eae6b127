using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using System.Text.Json;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;

namespace Sasaeai.Features.Organizations;

/// <summary>Who changed which field of an organization and when, from the town's chain.</summary>
public class HistoryModel(AppDb db, CurrentPerson person, AuditTrail trail) : PageModel
{
    public const int PageSize = 50;

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    public Organization Organization { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }

    public async Task OnGetAsync(Guid id)
    {
        Organization = await db.GetAsync<Organization>(id);
        person.Require(person.IsOfficer);
        var record = id.ToString();
        var entries = db.AuditEntries.AsNoTracking().Where(entry => entry.Noun == "organization" && entry.RecordId == record && entry.Verb != "look");
        trail.Looked("organization", id, "変更の履歴");
        Total = await entries.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Rows = await entries.OrderByDescending(entry => entry.No).Skip((Number - 1) * PageSize).Take(PageSize)
            .Select(entry => new Row(entry.At, entry.AccountName, entry.Verb, entry.Changes)).ToListAsync();
    }

    public sealed record Row(DateTimeOffset At, string By, string Verb, string? Changes)
    {
        private static readonly Dictionary<string, string> Names = new()
        {
            ["name"] = "名称", ["kana"] = "カナ", ["commonName"] = "通称", ["kind"] = "主体種別", ["description"] = "紹介文", ["establishedOn"] = "設立した日", ["corporateNumber"] = "法人番号",
            ["members"] = "会員数", ["representative"] = "代表者", ["postalCode"] = "郵便番号", ["address"] = "住所", ["phone"] = "電話番号", ["email"] = "メールアドレス", ["url"] = "ホームページ", ["note"] = "職員用のメモ", ["closed_on"] = "解散・休止",
        };

        public IEnumerable<(string Name, string Before, string After)> Fields() => Changes is null ? [] :
            JsonDocument.Parse(Changes).RootElement.EnumerateObject().Where(field => Names.ContainsKey(field.Name)).Select(field => (Names[field.Name], Words(field.Value[0]), Words(field.Value[1])));

        private static string Words(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.Object => $"{(value.TryGetProperty("value", out var text) ? text.GetString() : "")}（{(value.TryGetProperty("publish", out var publish) && publish.GetBoolean() ? "公開" : "非公開")}）",
            _ => value.ToString(),
        };
    }
}
