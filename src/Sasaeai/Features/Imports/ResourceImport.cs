using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Areas.Addresses;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Japanese;
using Sasaeai.Tables;
using F = Sasaeai.Features.Imports.ResourceColumns;

namespace Sasaeai.Features.Imports;

/// <summary>
/// Brings in resources by 管理番号: a town's own table, the 推奨データセット forms, and 介護サービス情報公表 (whose running
/// number changes with each edition: there 事業所番号 and サービスの種類 make the number).
/// </summary>
public sealed class ResourceImport(AppDb db, CurrentTown town, AuditTrail trail, TimeProvider time) : IImport
{
    private const int LongestName = 200;
    private const string PausedReason = "再開の予定はお問い合わせください";
    private static readonly string[] Place = ["address", "postalCode", "building", "blockId", "lat", "lng"];

    private readonly HashSet<string> seen = [];
    private ResourceSetting setting = null!;
    private BlockFinder blocks = null!;
    private NamedCodes<Code> categories = null!, serviceKinds = null!, feeKinds = null!, barrierFree = null!;
    private NamedCodes<Guid> areas = null!, organizations = null!;
    private HashSet<Guid> ending = [];
    private DateTimeOffset now;

    private readonly record struct Code(string Value);

    /// <summary>What one row says.</summary>
    private sealed record Reading(ImportRow Row, string Number, ResourceContent Content, DateOnly? VerifiedOn, VerificationWay How, ResourceState? State);

    public IReadOnlyList<ColumnField> Fields => F.All;

    public IReadOnlyList<IReadOnlyList<string>> Required => [[F.Number, F.CareNumber], [F.Name], [F.Category]];

    public async Task BeginAsync()
    {
        seen.Clear();
        (now, setting) = (time.GetUtcNow(), await ResourceSetting.LoadAsync(db, time.Today()));
        var placed = setting.Areas.All.OrderBy(area => area.Kind == AreaKind.Block).ToList();
        areas = new NamedCodes<Guid>("圏域の一覧");
        placed.ForEach(area => areas.Add(area.Id, area.Code, area.Name));
        blocks = new BlockFinder(setting.Areas.Of(AreaKind.Block).Select(area => new TownBlock(area.Id, area.Name, null, area.Lat, area.Lng)), town.Municipality.Prefecture, town.Municipality.Name);

        categories = new NamedCodes<Code>("分類の一覧");
        foreach (var category in await db.Categories.AsNoTracking().OrderBy(category => category.ParentCode == null).ThenBy(category => category.Sort).ToListAsync())
        {
            categories.Add(new Code(category.Code), category.Code, category.Name);
        }

        foreach (var synonym in (await db.Synonyms.AsNoTracking().Where(synonym => synonym.RemovedAt == null).ToListAsync()).Where(synonym => synonym.CategoryCodes.Length == 1))
        {
            categories.Add(new Code(synonym.CategoryCodes[0]), "", synonym.Others.Prepend(synonym.Word));
        }

        var items = await db.CodeItems.AsNoTracking().OrderBy(item => item.Sort).ToListAsync();
        (serviceKinds, feeKinds, barrierFree) = (ListOf(CodeList.ServiceKind, "サービス類型の一覧"), ListOf(CodeList.FeeKind, "利用料区分の一覧"), ListOf(CodeList.BarrierFree, "バリアフリーの一覧"));
        organizations = new NamedCodes<Guid>("団体の一覧");
        foreach (var organization in await db.Organizations.AsNoTracking().Select(o => new { o.Id, o.Number, o.Name }).ToListAsync())
        {
            organizations.Add(organization.Id, organization.Number, organization.Name);
        }

        NamedCodes<Code> ListOf(CodeList list, string label)
        {
            var codes = new NamedCodes<Code>(label);
            foreach (var item in items.Where(item => item.List == list))
            {
                codes.Add(new Code(item.Code), item.Code, item.Name);
            }

            return codes;
        }
    }

    public async Task TakeAsync(IReadOnlyList<ImportRow> rows, bool write)
    {
        var own = rows.Where(IsOfThisTown).Select(row => (Row: row, Number: NumberOf(row))).ToList();
        var numbers = own.Select(row => row.Number).ToArray();
        var existing = await (write ? db.Resources : db.Resources.AsNoTracking()).Where(resource => numbers.Contains(resource.Number)).ToDictionaryAsync(resource => resource.Number);
        var ids = existing.Values.Select(resource => resource.Id).ToArray();
        var confirmed = await db.Verifications.Where(verification => ids.Contains(verification.ResourceId) && verification.How != VerificationWay.Automatic)
            .GroupBy(verification => verification.ResourceId).Select(group => new { group.Key, At = group.Max(verification => verification.CreatedAt) }).ToDictionaryAsync(last => last.Key, last => last.At);
        var pending = await (write ? db.Revisions : db.Revisions.AsNoTracking()).Where(revision => ids.Contains(revision.ResourceId) && revision.State == RevisionState.Pending).ToListAsync();
        var waiting = pending.FindAll(revision => revision is { Kind: RevisionKind.Change, Source: RevisionSource.Import });
        ending = [.. pending.Where(revision => revision.Kind == RevisionKind.Ending).Select(revision => revision.ResourceId)];

        foreach (var (row, number) in own)
        {
            var resource = existing.GetValueOrDefault(number);
            var reading = Read(row, number, resource);
            if (row.IsRefused)
            {
                continue;
            }

            try
            {
                row.Outcome = resource is null ? Create(reading, write)
                    : Change(resource, reading, confirmed.TryGetValue(resource.Id, out var at) && at > resource.ImportedAt, waiting.Find(revision => revision.ResourceId == resource.Id), write);
            }
            catch (RuleBrokenException broken)
            {
                row.Refuse("", broken.Message);
            }
        }

        if (write)
        {
            await db.SaveChangesAsync();
        }
    }

    private RowOutcome Create(Reading reading, bool write)
    {
        var resource = new Resource(reading.Number, reading.Content, setting, now);
        resource.RememberImported(reading.Content, now);
        switch (reading.State)
        {
            case ResourceState.Ended:
                resource.End(now);
                reading.Row.Warn(F.State, "もう行われていないため、登録だけをして公開しません。");
                break;
            case ResourceState.Draft:
                reading.Row.Warn(F.State, "準備中のため、登録だけをして公開しません。公開するときは、記録を「直す」から保存してください。");
                break;
            default:
                resource.Publish(now);
                break;
        }

        var verification = Verify(resource, reading);
        if (write)
        {
            db.Resources.Add(resource);
            db.AddRange(verification);
        }

        return RowOutcome.Created;
    }

    private RowOutcome Change(Resource resource, Reading reading, bool confirmed, Revision? waiting, bool write)
    {
        var merged = ThreeWay<ResourceContent>.Of(resource.Imported, resource.Content, reading.Content, waiting?.Content, confirmed, Place);
        foreach (var property in merged.Kept)
        {
            reading.Row.Warn(F.ByProperty.GetValueOrDefault(property, ""), "現地で確認済みのため残しました。ファイルの値は修正案に入れました。");
        }

        var changes = !merged.Content.Equals(resource.Content);
        if (changes)
        {
            resource.Apply(merged.Content, setting, now);
        }

        if (resource.State == ResourceState.Ended)
        {
            reading.Row.Warn(F.Number, "掲載を終えた記録です。内容だけを合わせ、掲載は終えたままにしました。");
        }

        var ends = reading.State == ResourceState.Ended && resource.State == ResourceState.Published;
        if (ends)
        {
            reading.Row.Warn(F.State, "もう行われていないと書かれています。掲載を終える案を「修正案」に入れました。採用するまで載せ続けます。");
        }

        if (!reading.Content.Equals(resource.Imported))
        {
            resource.RememberImported(reading.Content, now);
        }

        var verification = Verify(resource, reading);
        if (write)
        {
            Propose(resource, merged, waiting, changes);
            if (ends && ending.Add(resource.Id))
            {
                db.Revisions.Add(new Revision
                {
                    ResourceId = resource.Id, Kind = RevisionKind.Ending, BaseVersion = resource.Version, Content = resource.Content, Source = RevisionSource.Import,
                    AccountId = trail.Actor.AccountId, ByName = trail.Actor.Name, CreatedAt = now, Note = $"取り込んだファイルの状態：{reading.Row[F.State]}",
                });
            }

            db.AddRange(verification);
        }

        return merged.Kept.Count > 0 || ends ? RowOutcome.Kept : changes || verification.Length > 0 ? RowOutcome.Updated : RowOutcome.Unchanged;
    }

    /// <summary>What was not taken waits as one proposal, which replaces an earlier one of an import.</summary>
    private void Propose(Resource resource, ThreeWay<ResourceContent> merged, Revision? waiting, bool changed)
    {
        var proposes = merged.Kept.Count > 0;
        if (waiting is not null && (!proposes || changed || !waiting.Content.Equals(merged.Proposed)))
        {
            waiting.Decline(trail.Actor, now, "新しい取り込みの内容に置き換えました。");
            waiting = null;
        }

        if (proposes && waiting is null)
        {
            db.Revisions.Add(new Revision
            {
                ResourceId = resource.Id, BaseVersion = resource.Version, Content = merged.Proposed, Source = RevisionSource.Import,
                AccountId = trail.Actor.AccountId, ByName = trail.Actor.Name, CreatedAt = now,
                Note = $"取り込んだファイルと違う項目：{string.Join("、", merged.Kept.Select(property => F.ByProperty.GetValueOrDefault(property, property)))}",
            });
        }
    }

    private Verification[] Verify(Resource resource, Reading reading) =>
        reading.VerifiedOn is { } day && !(day <= resource.VerifiedOn) ? [resource.Verify(day, reading.How, trail.Actor, setting, now, "取り込んだファイルの最終確認日")] : [];

    /// <summary>A national or prefectural list holds other towns' rows too.</summary>
    private bool IsOfThisTown(ImportRow row) =>
        row[F.TownCode] == "" || !MunicipalityCode.TryRead(row[F.TownCode], out var reading)
        || reading.Code.Digits == town.Municipality.Code || reading.OtherCode?.Digits == town.Municipality.Code || reading.Code.Digits[2..5] == "000";

    private static string NumberOf(ImportRow row) =>
        row.Has(F.CareNumber) && row.Has(F.CareKind) ? $"{row[F.CareNumber]}-{row[F.CareKind]}" : row[F.Number];

    private Reading Read(ImportRow row, string number, Resource? resource)
    {
        if (number is "" or "-")
        {
            row.Refuse(F.Number, "管理番号がありません。ほかと重ならない番号を付けてください。次の取り込みで同じ記録を見つけるために使います。");
        }
        else if (number.Length > 100)
        {
            row.Refuse(F.Number, "管理番号が長すぎます(上限は100文字)。");
        }
        else if (!seen.Add(number))
        {
            row.Refuse(F.Number, $"管理番号「{number}」の行が、前にもあります。どちらか1行にしてください。");
        }

        var start = resource?.Imported ?? resource?.Content ?? FirstContent(row);
        var content = WithContact(row, WithUse(row, WithPlace(row, start)));
        content = content with
        {
            Name = row.Text(F.Name, content.Name),
            Kana = row.Text(F.Kana, content.Kana),
            CommonName = row.Text(F.CommonName, content.CommonName),
            Viewpoint = row.Word(F.Viewpoint, WrittenWords.Viewpoints, content.Viewpoint) ?? default,
            Categories = Codes(row, F.Category, categories, content.Categories),
            ServiceKind = One(row, F.ServiceKind, serviceKinds, content.ServiceKind),
            Description = row.Text(F.Description, content.Description),
            Schedule = row.Schedule(content.Schedule),
            Tags = row.Has(F.Tags) || row.Has(F.CareKind) || row.Has(F.CareServices)
                ? [.. FieldReading.List(row[F.Tags]).Concat(FieldReading.List(row[F.CareKind])).Concat(FieldReading.List(row[F.CareServices])).Distinct()] : content.Tags,
            Source = row.Text(F.Source, content.Source),
            Audience = row.Word(F.Audience, WrittenWords.Audiences, content.Audience) ?? default,
            ConsentedOn = Consent(row, content.ConsentedOn),
            Note = row.Text(F.Note, content.Note),
        };
        var state = State(row);
        content = content with { Schedule = WithPause(row, content.Schedule, start.Schedule) };
        if (content.Name == "" || content.Name.Length > LongestName)
        {
            row.Refuse(F.Name, content.Name == "" ? "名称がありません。" : $"名称が長すぎます(上限は{LongestName}文字)。");
        }

        if (content.Categories.Count == 0 && !row.IsRefused)
        {
            row.Refuse(F.Category, "分類がありません。分類のコードか名称を入れてください。");
        }

        var verifiedOn = row.Date(F.VerifiedOn, null);
        if (verifiedOn > setting.Today)
        {
            row.Refuse(F.VerifiedOn, "最終確認日が今日より後の日です。");
        }

        return new Reading(row, number, content, verifiedOn, row.Word(F.VerifiedHow, WrittenWords.Ways, VerificationWay.Automatic) ?? VerificationWay.Automatic, state);
    }

    /// <summary>Many lists say that there is consent and not since when: then since the day on which a file said so first.</summary>
    private DateOnly? Consent(ImportRow row, DateOnly? before)
    {
        if (row[F.ConsentedOn] == "" || WrittenWords.Publish.Read(row[F.ConsentedOn]) is not { } given)
        {
            return row.Date(F.ConsentedOn, before);
        }

        if (given && before is null)
        {
            row.Warn(F.ConsentedOn, "日付がないため、取り込んだ日を掲載同意日にしました。");
        }

        return given ? before ?? setting.Today : null;
    }

    private static ResourceState? State(ImportRow row)
    {
        var state = WrittenWords.States.Read(row[F.State]);
        if (state is null && row[F.State] != "" && !IsPaused(row))
        {
            row.Warn(F.State, $"読み取れないため、使いませんでした。{WrittenWords.States.Choices}か「休止中」にすると、そのとおりに登録します。");
        }

        return state;
    }

    private static bool IsPaused(ImportRow row) => WrittenWords.Paused.Contains(row[F.State]);

    /// <summary>休止中 without dates rests from the day on which a file said so first, until a file says otherwise.</summary>
    private Schedule WithPause(ImportRow row, Schedule schedule, Schedule before)
    {
        if (!row.Has(F.State))
        {
            return schedule;
        }

        var closures = schedule.Closures.Where(closure => closure.Reason != PausedReason).ToList();
        if (IsPaused(row) && !closures.Exists(closure => closure.From <= setting.Today && !(closure.To < setting.Today)))
        {
            closures.Add(before.Closures.FirstOrDefault(closure => closure.Reason == PausedReason) ?? new Closure(setting.Today, null, PausedReason));
        }

        return closures.SequenceEqual(schedule.Closures) ? schedule : schedule with { Closures = closures };
    }

    /// <summary>What open data leaves unsaid: its form tells the viewpoint, and being published already it may be published here.</summary>
    private ResourceContent FirstContent(ImportRow row)
    {
        var isCare = row.Has(F.CareNumber) || row.Has(F.CareServices);
        // A town's own list may carry the town's code too; only the forms themselves are public already.
        var isOpenData = row.Has(F.TownCode) && !row.Has(F.ConsentedOn) && (isCare || row.Has(F.PoiCode) || row.Has(F.FirstDay) && row.Has(F.LastDay));
        return new ResourceContent
        {
            Viewpoint = isCare ? Viewpoint.Service : row.Has(F.PoiCode) ? Viewpoint.Place : Viewpoint.Activity,
            ConsentedOn = isOpenData ? setting.Today : null,
            Source = isOpenData ? "オープンデータ" : "",
            Phone = new ContactField { Publish = isOpenData },
            Fax = new ContactField { Publish = isOpenData },
        };
    }

    private ResourceContent WithPlace(ImportRow row, ResourceContent content)
    {
        var address = row.Text(F.Address, content.Address);
        if (address == "" && row[F.Town] is var written && written.Length > town.Municipality.Name.Length && written.Contains(town.Municipality.Name, StringComparison.Ordinal))
        {
            row.Warn(F.Town, "市区町村名の列に住所がありました。住所として取り込みました。");
            address = written;
        }

        var (lat, lng) = row.Point(F.Lat, F.Lng, content.Lat, content.Lng);
        return content with
        {
            Venue = row.Text(F.Venue, content.Venue),
            PostalCode = row.Text(F.PostalCode, content.PostalCode),
            Address = address,
            Building = row.Text(F.Building, content.Building),
            AddressDetail = row.Word(F.AddressDetail, WrittenWords.AddressDetails, content.AddressDetail) ?? default,
            BlockId = address == content.Address && content.BlockId is not null ? content.BlockId : Block(row, address),
            Lat = lat,
            Lng = lng,
            Access = row.Text(F.Access, content.Access),
            Parking = row.Text(F.Parking, content.Parking),
            BarrierFree = Codes(row, F.BarrierFree, barrierFree, content.BarrierFree),
            VisitAreas = row.Has(F.VisitAreas)
                ? [.. FieldReading.List(row[F.VisitAreas]).Select(name => areas.Find(row, F.VisitAreas, name)).OfType<Guid>()] : content.VisitAreas,
        };
    }

    private Guid? Block(ImportRow row, string address)
    {
        if (address == "")
        {
            return null;
        }

        var match = blocks.Find(address);
        if (match.Block is null)
        {
            row.Warn(F.Address, $"町丁目が見つかりません。{match.Reason}");
        }

        return match.Block?.Id;
    }

    private ResourceContent WithUse(ImportRow row, ResourceContent content)
    {
        var (organization, operatorName) = Operator(row, content);
        var capacity = row.Number(F.Capacity, content.Capacity);
        return WithFee(row, content with
        {
            OrganizationId = organization,
            OperatorName = operatorName,
            ForWhom = row.Text(F.ForWhom, content.ForWhom),
            Capacity = capacity == 0 ? null : capacity,
            Availability = row.Has(F.Availability) && row[F.Availability] == "" ? null : row.Word(F.Availability, WrittenWords.Availabilities, content.Availability),
            AvailabilityUntil = row.Date(F.AvailabilityUntil, content.AvailabilityUntil),
            HowToJoin = row.Text(F.HowToJoin, content.HowToJoin),
        });
    }

    /// <summary>A number must be a known organization; a name may be one, else it stands as it is written.</summary>
    private (Guid? Id, string Name) Operator(ImportRow row, ResourceContent content)
    {
        if (row[F.OrganizationNumber] is { Length: > 0 } number)
        {
            return (organizations.Find(row, F.OrganizationNumber, number), "");
        }

        if (!row.Has(F.Operator))
        {
            return (row.Has(F.OrganizationNumber) ? null : content.OrganizationId, content.OperatorName);
        }

        var name = row[F.Operator];
        return organizations.Find(name) is { } known ? (known, "") : (null, name);
    }

    private ResourceContent WithFee(ImportRow row, ResourceContent content)
    {
        var kind = One(row, F.FeeKind, feeKinds, content.FeeKind);
        var (yen, note) = (content.FeeYen, row.Text(F.FeeNote, content.FeeNote));
        if (row.Has(F.Fee))
        {
            var written = FieldReading.Plain(row[F.Fee]);
            var plain = written.TrimEnd('円').Replace(",", "", StringComparison.Ordinal);
            yen = int.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            if (yen is null && written != "")
            {
                kind ??= feeKinds.Find(written)?.Value;
                note = note.Contains(written, StringComparison.Ordinal) || feeKinds.Find(written) is not null ? note : string.Join(' ', new[] { row[F.Fee], note }.Where(text => text != ""));
            }
        }

        return content with { FeeKind = kind, FeeYen = yen, FeeNote = note };
    }

    private static ResourceContent WithContact(ImportRow row, ResourceContent content)
    {
        var (url, strayEmail) = row.Url(F.Url, content.Url);
        var email = row.Email(F.Email, content.Email.Value);
        var publishPhone = row.Word(F.PublishPhone, WrittenWords.Publish, content.Phone.Publish) ?? false;
        return content with
        {
            Phone = new ContactField { Value = row.Phone(F.Phone, content.Phone.Value), Publish = publishPhone },
            Fax = new ContactField { Value = row.Phone(F.Fax, content.Fax.Value), Publish = row.Word(F.PublishFax, WrittenWords.Publish, row.Has(F.PublishPhone) && !row.Has(F.PublishFax) ? publishPhone : content.Fax.Publish) ?? false },
            Email = new ContactField { Value = email == "" ? strayEmail ?? "" : email, Publish = row.Word(F.PublishEmail, WrittenWords.Publish, content.Email.Publish) ?? false },
            Person = new ContactField { Value = row.Text(F.Person, content.Person.Value), Publish = row.Word(F.PublishPerson, WrittenWords.Publish, content.Person.Publish) ?? false },
            Url = url,
        };
    }

    private static string? One(ImportRow row, string field, NamedCodes<Code> list, string? otherwise) =>
        !row.Has(field) ? otherwise : row[field] == "" ? null : list.Find(row, field, row[field])?.Value;

    private static IReadOnlyList<string> Codes(ImportRow row, string field, NamedCodes<Code> list, IReadOnlyList<string> otherwise) =>
        !row.Has(field) ? otherwise : [.. FieldReading.List(row[field]).Select(name => list.Find(row, field, name)?.Value).OfType<string>().Distinct()];
}
