using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Imports;
using Sasaeai.Features.Resources;
using F = Sasaeai.Features.Imports.ResourceColumns;
using O = Sasaeai.Features.Imports.OrganizationImport;
using P = Sasaeai.Features.Imports.PopulationImport;

namespace Sasaeai.Features.Exports;

/// <summary>A town's own lists in the columns that its imports read, so that a file can go out, be worked on, and come back.</summary>
public sealed class TownExports(AppDb db)
{
    public static readonly IReadOnlyList<(string Noun, string Label, string About)> All =
    [
        ("resources", "地域資源", "公開していないものと、非公開の連絡先も入ります"),
        ("organizations", "団体", "代表者や連絡先も入ります"),
        ("areas", "圏域・町丁目", "コード、名称、つながり"),
        ("population", "地域・年齢別人口", "地域と調査年月日ごとに1行"),
        ("audit", "操作の記録", "だれが、いつ、何をしたか"),
    ];

    public static string LabelOf(string noun) => All.Single(list => list.Noun == noun).Label;

    public async Task<ExportTable> OfAsync(string noun) => noun switch
    {
        "resources" => await ResourcesAsync(),
        "organizations" => await OrganizationsAsync(),
        "areas" => await AreasAsync(),
        "population" => await PopulationAsync(),
        "audit" => Audit(),
        _ => throw new RuleBrokenException($"書き出せるのは {string.Join(", ", All.Select(list => list.Noun))} です。"),
    };

    private async Task<ExportTable> ResourcesAsync()
    {
        var organizations = await db.Organizations.AsNoTracking().Select(o => new { o.Id, o.Number, o.Name }).ToDictionaryAsync(o => o.Id);
        var areas = await db.Areas.AsNoTracking().Select(area => new { area.Id, area.Code }).ToDictionaryAsync(area => area.Id, area => area.Code);
        var names = (await db.CodeItems.AsNoTracking().ToListAsync()).ToDictionary(item => (item.List, item.Code), item => item.Name);
        string Name(CodeList list, string? code) => code is null ? "" : names.GetValueOrDefault((list, code), code);

        var rows = db.Resources.AsNoTracking().OrderBy(resource => resource.Number).AsAsyncEnumerable().Select(resource =>
        {
            var content = resource.Content;
            var organization = content.OrganizationId is { } id ? organizations.GetValueOrDefault(id) : null;
            return (IReadOnlyList<object?>)[
                resource.Number, content.Name, content.Kana, content.CommonName, WrittenWords.Viewpoints.Write(content.Viewpoint), Joined(content.Categories), Name(CodeList.ServiceKind, content.ServiceKind),
                organization?.Number, organization?.Name ?? content.OperatorName, content.Description, content.Venue, content.PostalCode, content.Address, content.Building,
                WrittenWords.AddressDetails.Write(content.AddressDetail), content.Lat, content.Lng, content.Access, content.Parking, Joined(content.BarrierFree.Select(code => Name(CodeList.BarrierFree, code))),
                Joined(content.VisitAreas.Select(area => areas.GetValueOrDefault(area, ""))), ScheduleReading.Written(content.Schedule), ScheduleReading.WrittenClosures(content.Schedule), content.ForWhom, content.Capacity,
                WrittenWords.Availabilities.Write(content.Availability), content.AvailabilityUntil, Name(CodeList.FeeKind, content.FeeKind), content.FeeYen, content.FeeNote, content.HowToJoin,
                content.Phone.Value, Publish(content.Phone), content.Fax.Value, Publish(content.Fax), content.Email.Value, Publish(content.Email), content.Url, content.Person.Value, Publish(content.Person),
                Joined(content.Tags), content.Source, WrittenWords.Audiences.Write(content.Audience), content.ConsentedOn, resource.VerifiedOn, WrittenWords.Ways.Write(resource.VerifiedHow), content.Note,
                WrittenWords.States.Write(resource.State)];
        });
        return new ExportTable(LabelOf("resources"),
            [F.Number, F.Name, F.Kana, F.CommonName, F.Viewpoint, F.Category, F.ServiceKind, F.OrganizationNumber, F.Operator, F.Description, F.Venue, F.PostalCode, F.Address, F.Building, F.AddressDetail, F.Lat, F.Lng,
             F.Access, F.Parking, F.BarrierFree, F.VisitAreas, F.Schedule, F.Closures, F.ForWhom, F.Capacity, F.Availability, F.AvailabilityUntil, F.FeeKind, F.Fee, F.FeeNote, F.HowToJoin, F.Phone, F.PublishPhone,
             F.Fax, F.PublishFax, F.Email, F.PublishEmail, F.Url, F.Person, F.PublishPerson, F.Tags, F.Source, F.Audience, F.ConsentedOn, F.VerifiedOn, F.VerifiedHow, F.Note, F.State], rows);
    }

    private async Task<ExportTable> OrganizationsAsync()
    {
        var kinds = await db.CodeItems.AsNoTracking().Where(item => item.List == CodeList.OperatorKind).ToDictionaryAsync(item => item.Code, item => item.Name);
        var rows = db.Organizations.AsNoTracking().OrderBy(organization => organization.Number).AsAsyncEnumerable().Select(organization =>
        {
            var content = organization.Content;
            return (IReadOnlyList<object?>)[
                organization.Number, content.Name, content.Kana, content.CommonName, content.Kind is { } kind ? kinds.GetValueOrDefault(kind, kind) : "", content.EstablishedOn,
                content.Representative.Value, Publish(content.Representative), content.PostalCode, content.Address.Value, Publish(content.Address), content.Lat, content.Lng, content.Phone.Value, Publish(content.Phone),
                content.Email.Value, Publish(content.Email), content.Url, content.CorporateNumber, content.Members, content.Description, content.Note];
        });
        return new ExportTable(LabelOf("organizations"), [O.Number, O.Name, O.Kana, O.CommonName, O.Kind, O.EstablishedOn, O.Representative, O.PublishRepresentative, O.PostalCode, O.Address, O.PublishAddress, O.Lat, O.Lng, O.Phone, O.PublishPhone,
            O.Email, O.PublishEmail, O.Url, O.CorporateNumber, O.Members, O.Description, O.Note], rows);
    }

    private async Task<ExportTable> AreasAsync()
    {
        var codes = await db.Areas.AsNoTracking().Select(area => new { area.Id, area.Code }).ToDictionaryAsync(area => area.Id, area => area.Code);
        var parents = (await db.AreaParents.AsNoTracking().ToListAsync()).ToLookup(link => link.AreaId, link => codes[link.ParentId]);
        var rows = db.Areas.AsNoTracking().OrderBy(area => area.Kind).ThenBy(area => area.Code).AsAsyncEnumerable().Select(area => (IReadOnlyList<object?>)[
            area.Code, AreaImport.Kinds.Write(area.Kind), area.Layer, area.Name, area.Kana, Joined(parents[area.Id].Order(StringComparer.Ordinal)), area.StartsOn, area.EndsOn, area.Lat, area.Lng]);
        return new ExportTable(LabelOf("areas"), ["コード", "種類", "層", "名称", "名称_カナ", "親コード", "開始日", "終了日", "緯度", "経度"], rows);
    }

    private async Task<ExportTable> PopulationAsync()
    {
        var names = await db.Areas.AsNoTracking().ToDictionaryAsync(area => area.Id, area => (area.Code, area.Name));
        var counts = (await db.Populations.AsNoTracking().ToListAsync()).GroupBy(people => (people.AreaId, people.CountedOn)).OrderBy(count => names[count.Key.AreaId].Code, StringComparer.Ordinal).ThenBy(count => count.Key.CountedOn);
        var rows = counts.Select(count =>
        {
            var people = count.ToDictionary(band => (band.AgeFrom, band.Sex), band => (object?)band.People);
            return (IReadOnlyList<object?>)[names[count.Key.AreaId].Code, names[count.Key.AreaId].Name, count.Key.CountedOn, .. P.Bands.Select(band => people.GetValueOrDefault((band.AgeFrom, band.Sex)))];
        });
        return new ExportTable(LabelOf("population"), [P.AreaCode, P.AreaName, P.CountedOn, .. P.Bands.Select(band => band.Field)], rows.ToAsyncEnumerable());
    }

    private ExportTable Audit() => new(LabelOf("audit"), ["番号", "日時", "操作した人", "操作", "対象", "対象の番号", "内容"],
        db.AuditEntries.AsNoTracking().OrderBy(entry => entry.No).AsAsyncEnumerable().Select(entry => (IReadOnlyList<object?>)[entry.No, entry.At.ToOffset(TimeSpan.FromHours(9)), entry.AccountName, entry.Verb, entry.Noun, entry.RecordId, entry.Note]));

    private static string Joined(IEnumerable<string> values) => string.Join('；', values.Where(value => value != ""));

    private static string Publish(ContactField contact) => WrittenWords.Publish.Write(contact.Publish);
}
