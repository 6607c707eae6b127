using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Imports;
using Sasaeai.Features.Resources;
using F = Sasaeai.Features.Imports.ResourceColumns;
using O = Sasaeai.Features.Imports.OrganizationImport;

namespace Sasaeai.Features.Exports;

/// <summary>A town's own lists in the columns that its imports read, so that a file can go out, be worked on, and come back.</summary>
public sealed class TownExports(AppDb db)
{
    public static readonly IReadOnlyList<string> Nouns = ["resources", "organizations", "areas", "population", "audit"];

    public async Task<ExportTable> OfAsync(string noun) => noun switch
    {
        "resources" => await ResourcesAsync(),
        "organizations" => await OrganizationsAsync(),
        "areas" => await AreasAsync(),
        "population" => await PopulationAsync(),
        "audit" => Audit(),
        _ => throw new RuleBrokenException($"書き出せるのは {string.Join(", ", Nouns)} です。"),
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
        return new ExportTable("地域資源",
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
        return new ExportTable("団体", [O.Number, O.Name, O.Kana, O.CommonName, O.Kind, O.EstablishedOn, O.Representative, O.PublishRepresentative, O.PostalCode, O.Address, O.PublishAddress, O.Lat, O.Lng, O.Phone, O.PublishPhone,
            O.Email, O.PublishEmail, O.Url, O.CorporateNumber, O.Members, O.Description, O.Note], rows);
    }

    private async Task<ExportTable> AreasAsync()
    {
        var codes = await db.Areas.AsNoTracking().Select(area => new { area.Id, area.Code }).ToDictionaryAsync(area => area.Id, area => area.Code);
        var parents = (await db.AreaParents.AsNoTracking().ToListAsync()).ToLookup(link => link.AreaId, link => codes[link.ParentId]);
        var rows = db.Areas.AsNoTracking().OrderBy(area => area.Kind).ThenBy(area => area.Code).AsAsyncEnumerable().Select(area => (IReadOnlyList<object?>)[
            area.Code, AreaImport.Kinds.Write(area.Kind), area.Layer, area.Name, area.Kana, Joined(parents[area.Id].Order(StringComparer.Ordinal)), area.StartsOn, area.EndsOn, area.Lat, area.Lng]);
        return new ExportTable("圏域・町丁目", ["コード", "種類", "層", "名称", "名称_カナ", "親コード", "開始日", "終了日", "緯度", "経度"], rows);
    }

    private async Task<ExportTable> PopulationAsync()
    {
        var names = await db.Areas.AsNoTracking().ToDictionaryAsync(area => area.Id, area => (area.Code, area.Name));
        var rows = db.Populations.AsNoTracking().OrderBy(people => people.AreaId).ThenBy(people => people.CountedOn).ThenBy(people => people.AgeFrom).AsAsyncEnumerable().Select(people => (IReadOnlyList<object?>)[
            names[people.AreaId].Code, names[people.AreaId].Name, people.CountedOn, people.AgeFrom, people.Sex switch { PopulationSex.Male => "男性", PopulationSex.Female => "女性", _ => "計" }, people.People]);
        return new ExportTable("人口", ["地域コード", "地域名", "調査年月日", "年齢(から)", "性別", "人数"], rows);
    }

    private ExportTable Audit() => new("操作の記録", ["番号", "日時", "操作した人", "操作", "対象", "対象の番号", "内容"],
        db.AuditEntries.AsNoTracking().OrderBy(entry => entry.No).AsAsyncEnumerable().Select(entry => (IReadOnlyList<object?>)[entry.No, entry.At.ToOffset(TimeSpan.FromHours(9)), entry.AccountName, entry.Verb, entry.Noun, entry.RecordId, entry.Note]));

    private static string Joined(IEnumerable<string> values) => string.Join('；', values.Where(value => value != ""));

    private static string Publish(ContactField contact) => WrittenWords.Publish.Write(contact.Publish);
}
