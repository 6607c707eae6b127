using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Directory;
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
        ("published-resources", "公開中の地域資源", "掲載の同意がある項目だけ。公開用のささえあいへ渡すときは、これを使います"),
        ("published-organizations", "公開中の団体", "公開の同意がある項目だけ"),
        ("resources", "地域資源", "公開していないものと、非公開の連絡先も入ります"),
        ("organizations", "団体", "代表者や連絡先も入ります"),
        ("areas", "圏域・町丁目", "コード、名称、つながり"),
        ("population", "地域・年齢別人口", "地域と調査年月日ごとに1行"),
        ("audit", "操作の記録", "だれが、いつ、何をしたか"),
    ];

    public static string LabelOf(string noun) => All.Single(list => list.Noun == noun).Label;

    public async Task<ExportTable> OfAsync(string noun) => noun switch
    {
        "published-resources" => await PublishedResourcesAsync(),
        "published-organizations" => await PublishedOrganizationsAsync(),
        "resources" => await ResourcesAsync(),
        "organizations" => await OrganizationsAsync(),
        "areas" => await AreasAsync(),
        "population" => await PopulationAsync(),
        "audit" => Audit(),
        _ => throw new RuleBrokenException($"書き出せるのは {string.Join(", ", All.Select(list => list.Noun))} です。"),
    };

    /// <summary>
    /// What the public may know, for an installation on the other side of a one-way line. Nothing but the published rows is read,
    /// besides the day of consent. A record that was public and is not any more goes out empty and without consent: it ends there too.
    /// </summary>
    private async Task<ExportTable> PublishedResourcesAsync()
    {
        var areas = await db.Areas.AsNoTracking().Select(area => new { area.Id, area.Code }).ToDictionaryAsync(area => area.Id, area => area.Code);
        var names = (await db.CodeItems.AsNoTracking().ToListAsync()).ToDictionary(item => (item.List, item.Code), item => item.Name);
        string Name(CodeList list, string? code) => code is null ? "" : names.GetValueOrDefault((list, code), code);

        var rows = db.Database.SqlQuery<PublishedLine>($"""
            select own.number as "Number", case when known.withdrawn or known.hide_on <= (now() at time zone 'Asia/Tokyo')::date then null else known.view::text end as "View",
              (own.content ->> 'consentedOn')::date as "ConsentedOn", array_to_string(known.category_codes, '；') as "Categories"
            from published.resource known join app.resource own on own.municipality_id = known.municipality_id and own.id = known.resource_id
            where known.municipality_id = {db.TownId} and known.was_public
            order by own.number
            """).AsAsyncEnumerable().Select(line => line.View is { } view
            ? Row(JsonColumn.Read<PublishedResource>(view), Audience.Public, line.ConsentedOn, ResourceState.Published)
            : Row(new PublishedResource { Id = default, Number = line.Number, Name = "掲載を終えた記録", Categories = line.Categories.Split('；') }, Audience.Internal, null, ResourceState.Ended));
        return new ExportTable(LabelOf("published-resources"),
            [F.Number, F.Name, F.Kana, F.CommonName, F.Viewpoint, F.Category, F.ServiceKind, F.Operator, F.Description, F.Venue, F.PostalCode, F.Address, F.Building, F.Lat, F.Lng, F.Access, F.Parking, F.BarrierFree, F.VisitAreas,
             F.Schedule, F.Closures, F.ForWhom, F.Capacity, F.Availability, F.AvailabilityUntil, F.FeeKind, F.Fee, F.FeeNote, F.HowToJoin, F.Phone, F.PublishPhone, F.Fax, F.PublishFax, F.Email, F.PublishEmail, F.Url,
             F.Person, F.PublishPerson, F.Tags, F.Audience, F.ConsentedOn, F.VerifiedOn, F.VerifiedHow, F.State], rows);

        IReadOnlyList<object?> Row(PublishedResource known, Audience audience, DateOnly? consentedOn, ResourceState state) =>
        [
            known.Number, known.Name, known.Kana, known.CommonName, WrittenWords.Viewpoints.Write(known.Viewpoint), Joined(known.Categories), Name(CodeList.ServiceKind, known.ServiceKind), known.OperatorName, known.Description, known.Venue,
            known.PostalCode, known.Address, known.Building, known.Approximate ? null : known.Lat, known.Approximate ? null : known.Lng, known.Access, known.Parking, Joined(known.BarrierFree.Select(code => Name(CodeList.BarrierFree, code))),
            Joined(known.VisitAreas.Select(area => areas.GetValueOrDefault(area, ""))), ScheduleReading.Written(known.Schedule), ScheduleReading.WrittenClosures(known.Schedule), known.ForWhom, known.Capacity,
            WrittenWords.Availabilities.Write(known.Availability), known.AvailabilityUntil, Name(CodeList.FeeKind, known.FeeKind), known.FeeYen, known.FeeNote, known.HowToJoin,
            known.Phone, Publish(known.Phone), known.Fax, Publish(known.Fax), known.Email, Publish(known.Email), known.Url, known.Person, Publish(known.Person),
            Joined(known.Tags), WrittenWords.Audiences.Write(audience), consentedOn, known.VerifiedOn, WrittenWords.Ways.Write(known.VerifiedHow), WrittenWords.States.Write(state),
        ];
    }

    public sealed record PublishedLine(string Number, string? View, DateOnly? ConsentedOn, string Categories);

    private async Task<ExportTable> PublishedOrganizationsAsync()
    {
        var kinds = await db.CodeItems.AsNoTracking().Where(item => item.List == CodeList.OperatorKind).ToDictionaryAsync(item => item.Code, item => item.Name);
        var rows = db.Database.SqlQuery<string>($"""
            select view::text as "Value" from published.organization where municipality_id = {db.TownId} and not withdrawn order by view ->> 'number'
            """).AsAsyncEnumerable().Select(JsonColumn.Read<PublishedOrganization>).Select(known => (IReadOnlyList<object?>)[
                known.Number, known.Name, known.Kana, known.CommonName, known.Kind is { } kind ? kinds.GetValueOrDefault(kind, kind) : "", known.EstablishedOn, known.Representative, Publish(known.Representative),
                known.Address, Publish(known.Address), known.Phone, Publish(known.Phone), known.Email, Publish(known.Email), known.Url, known.CorporateNumber, known.Description]);
        return new ExportTable(LabelOf("published-organizations"), [O.Number, O.Name, O.Kana, O.CommonName, O.Kind, O.EstablishedOn, O.Representative, O.PublishRepresentative, O.Address, O.PublishAddress, O.Phone, O.PublishPhone,
            O.Email, O.PublishEmail, O.Url, O.CorporateNumber, O.Description], rows);
    }

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
        var parents = (await db.AreaParents.AsNoTracking().Where(link => link.EndsOn == null).ToListAsync()).ToLookup(link => link.AreaId, link => codes[link.ParentId]);
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

    private static string Publish(string? published) => WrittenWords.Publish.Write(published is not null);
}
