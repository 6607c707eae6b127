using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Receipts;
using Sasaeai.Features.Resources;

namespace Sasaeai.Features.Voices.Unmet;

/// <summary>Searches that found nothing, by 圏域 and 分類: one press makes a voice of them.</summary>
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync(string? key)
    {
        await LoadAsync();
        var row = Rows.FirstOrDefault(row => $"{row.AreaCode}|{row.CategoryCode}" == key) ?? throw new NotFoundException();
        Rule.Require(row.VoiceId is null, "もう声にしてあります。");
        var now = time.GetUtcNow();
        var voice = new Voice { Receipt = ReceiptNumber.New(), Source = VoiceSource.UnmetSearch, Text = "", AreaId = row.AreaId, CategoryCode = row.CategoryCode == "" ? null : row.CategoryCode, EnteredBy = person.Name, HeardOn = time.Today(), CreatedAt = now };
        voice.Summarize($"公開ページで「{row.Area}」の「{row.Category}」をさがした人が、この一年に{row.ZeroHits}回、何も見つけられなかった。", person.Actor);
        voice.Read(person.Actor, now);
        db.Add(voice);
        await db.SaveChangesAsync();
        TempData["Notice"] = "声にしました。課題に入れることができます。";
        return RedirectToPage("/Voices/Show", new { id = voice.Id });
    }

    private async Task LoadAsync()
    {
        person.Require(person.IsStaff);
        var (from, areas) = (time.Today().AddYears(-1), person.IsOfficer ? null : person.AreaIds.ToArray());
        Rows = await db.Database.SqlQuery<Row>($"""
            select counted.area_code as "AreaCode", counted.category_code as "CategoryCode", area.id as "AreaId", coalesce(area.name, '圏域の指定なし') as "Area", coalesce(category.name, '分類の指定なし') as "Category",
              counted.zero_hits as "ZeroHits",
              (select voice.id from app.voice where voice.municipality_id = {db.TownId} and voice.source = 'unmet_search' and voice.entered_by is not null and voice.created_at >= {from}
                and voice.area_id is not distinct from area.id and voice.category_code is not distinct from nullif(counted.category_code, '') limit 1) as "VoiceId"
            from (select area_code, category_code, sum(zero_hits)::int as zero_hits from app.search_count where municipality_id = {db.TownId} and day >= {from} group by 1, 2 having sum(zero_hits) > 0) as counted
            left join app.area on area.municipality_id = {db.TownId} and area.code = counted.area_code
            left join app.category on category.municipality_id = {db.TownId} and category.code = counted.category_code
            where {areas}::uuid[] is null or area.id is null or area.id = any({areas})
            order by counted.zero_hits desc, 1, 2 limit 100
            """).ToListAsync();
    }

    public sealed record Row(string AreaCode, string CategoryCode, Guid? AreaId, string Area, string Category, int ZeroHits, Guid? VoiceId);
}
