using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Attachments;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Meetings;
using Sasaeai.Features.Postings;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Features.TownSettings;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.ActivityRecords;

/// <summary>Where forms about activities are made and taken in, from a page or from a phone's queue.</summary>
public sealed class ActivityDesk(AppDb db, CurrentPerson person, TimeProvider time)
{
    /// <summary>Of a field that was changed here and elsewhere: what each says.</summary>
    public sealed record Conflict(string Name, string Label, string Mine, string Theirs);

    /// <param name="Record">As it is saved now.</param>
    /// <param name="Conflicts">When there are any, nothing was written.</param>
    public sealed record Saved(ActivityRecord Record, IReadOnlyList<Conflict> Conflicts);

    private const int MostOffered = 500, MostMeetings = 60, MeetingDays = 45;
    /// <summary>会議出席, of the ways that a town begins with.</summary>
    private const string AtMeeting = "06";
    private ActivityLists? lists;

    public async Task<ActivityLists> ListsAsync() => lists ??= await ActivityLists.LoadAsync(db, time.Today());

    /// <summary>Organizations and resources that the form offers by name; any other is found by its whole name. Meetings of these weeks, and the one that the record has.</summary>
    public async Task<ActivityOffers> OffersAsync(Guid? held = null) => new(
        await db.Organizations.Where(organization => organization.ClosedOn == null).OrderBy(organization => organization.Kana).Select(organization => organization.Name).Take(MostOffered).ToListAsync(),
        await db.Resources.Where(resource => resource.State == ResourceState.Published).OrderBy(resource => resource.Kana).Select(resource => resource.Name).Take(MostOffered).ToListAsync(),
        await MeetingsAsync(held));

    private async Task<IReadOnlyList<SelectListItem>> MeetingsAsync(Guid? held)
    {
        var today = time.Today();
        var (from, to) = (today.AddDays(-MeetingDays), today.AddDays(1));
        return [.. (await db.Meetings.AsNoTracking().SeenBy(person).Where(meeting => meeting.Id == held || meeting.CancelledAt == null && meeting.HeldOn >= from && meeting.HeldOn <= to)
            .OrderByDescending(meeting => meeting.Id == held).ThenByDescending(meeting => meeting.HeldOn).ThenBy(meeting => meeting.Name).Take(MostMeetings).Select(meeting => new { meeting.Id, meeting.HeldOn, meeting.Number, meeting.Name }).ToListAsync())
            .Select(meeting => new SelectListItem(NameOf(meeting.HeldOn, meeting.Number, meeting.Name), $"{meeting.Id}"))];
    }

    private static string NameOf(DateOnly heldOn, int? number, string name) => $"{Wareki.Short(heldOn)} {(number is { } known ? $"第{known}回 " : "")}{name}";

    /// <summary>What is known of a meeting need not be typed again: day, hour, length, place, layer, people.</summary>
    public async Task<ActivityForm> OfMeetingAsync(Guid id)
    {
        var meeting = await db.GetAsync<Meeting>(id);
        person.Require(person.CanSee(meeting));
        var (form, known, people) = (await BlankAsync(), await ListsAsync(), meeting.HeadCount ?? await db.Attendances.CountAsync(one => one.MeetingId == id && one.Present));
        (form.Meeting, form.What, form.Layer, form.HeadCount) = (id, $"{meeting.Title}に出席した。", meeting.Layer, people > 0 ? people : null);
        form.Area = known.HasZone(meeting.AreaId) ? meeting.AreaId : form.Area;
        form.Way = known.Has(CodeList.ActivityWay, AtMeeting) ? AtMeeting : null;
        if (meeting.HeldOn <= time.Today())
        {
            (form.OnDay, form.StartsAt) = (new DateInput(meeting.HeldOn), meeting.StartsAt);
            form.Minutes = (meeting.StartsAt, meeting.EndsAt) is ({ } start, { } end) ? (int)(end - start).TotalMinutes : null;
        }

        return form;
    }

    public async Task<ActivityNames> NamesAsync(params IReadOnlyCollection<ActivityContent> contents)
    {
        var organizations = contents.Select(content => content.OrganizationId).OfType<Guid>().Distinct().ToArray();
        var resources = contents.Select(content => content.ResourceId).OfType<Guid>().Distinct().ToArray();
        var meetings = contents.Select(content => content.MeetingId).OfType<Guid>().Distinct().ToArray();
        return new(await ListsAsync(),
            organizations.Length == 0 ? new Dictionary<Guid, string>() : await db.Organizations.Where(organization => organizations.Contains(organization.Id)).ToDictionaryAsync(organization => organization.Id, organization => organization.Name),
            resources.Length == 0 ? new Dictionary<Guid, string>() : await db.Resources.Where(resource => resources.Contains(resource.Id)).ToDictionaryAsync(resource => resource.Id, resource => resource.Name),
            meetings.Length == 0 ? new Dictionary<Guid, string>() : (await db.Meetings.AsNoTracking().SeenBy(person).Where(meeting => meetings.Contains(meeting.Id)).ToListAsync()).ToDictionary(meeting => meeting.Id, meeting => NameOf(meeting.HeldOn, meeting.Number, meeting.Name)));
    }

    /// <summary>A form that opens on now, the last place and the recorder's own layer.</summary>
    public async Task<ActivityForm> BlankAsync()
    {
        var (now, me) = (time.GetUtcNow(), person.Account!.Id);
        var known = await ListsAsync();
        var postings = await db.Postings.AsNoTracking().Where(posting => posting.AccountId == me).ToListAsync();
        var last = await db.ActivityRecords.Where(record => record.AccountId == me && record.AreaId != null).OrderByDescending(record => record.OnDay).ThenByDescending(record => record.CreatedAt)
            .Select(record => new { record.AreaId, record.Audience }).FirstOrDefaultAsync();
        var places = new[] { last?.AreaId }.Concat(postings.Where(posting => posting.HoldsOn(now.Day())).Select(posting => (Guid?)posting.AreaId)).Concat(person.Memberships.Select(membership => membership.AreaId));
        return new ActivityForm
        {
            OnDay = new DateInput(now.Day()), StartsAt = now.TimeOfDay(), Audience = last?.Audience ?? ActivityAudience.Staff,
            Area = places.FirstOrDefault(place => place is { } id && known.HasZone(id)),
            Layer = Posting.LayerOf(postings.Where(posting => posting.HoldsOn(now.Day()))) switch { PostingLayer.First => 1, PostingLayer.Second => 2, _ => null },
        };
    }

    /// <summary>Takes a form in, as often as it comes, once. What was changed elsewhere meanwhile is kept.</summary>
    /// <exception cref="RuleBrokenException">Something in it cannot be read or is missing.</exception>
    public async Task<Saved> SaveAsync(ActivityForm form, bool complete)
    {
        person.Require(person.CanRecord());
        var mine = await ReadAsync(form);
        var (now, me) = (time.GetUtcNow(), person.Account!);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({form.Id.ToString()}, {db.TownId}))");
        var record = await db.FindAsync<ActivityRecord>(form.Id);
        if (record is null)
        {
            record = new ActivityRecord { Id = form.Id, AccountId = me.Id, ByName = me.Name, CreatedAt = now };
            db.ActivityRecords.Add(record);
        }
        else
        {
            person.Require(person.CanChange(record));
            if (record.WrittenBy != form.Key)
            {
                var (merged, conflicts) = ActivityFields.Merge(BaseOf(form), mine, record.Content, form.Chosen is { } chosen && form.Seen == record.Version ? chosen : new Dictionary<string, string>());
                if (conflicts.Count > 0)
                {
                    return new(record, await InWordsAsync(conflicts, mine, record));
                }

                mine = merged;
            }
        }

        var isNews = !record.HasFrom(form.Key, form.No);
        if (isNews)
        {
            record.Write(mine, form.Key, form.No, now);
        }

        if (complete || !record.IsDraft)
        {
            var posted = await db.Postings.AsNoTracking().Where(posting => posting.AccountId == me.Id).ToListAsync();
            record.Complete(Posting.LayerOf(posted.Where(posting => posting.HoldsOn(record.OnDay))), now);
        }

        if (isNews)
        {
            await AddPhotoAsync(form, now);
        }

        await db.SaveChangesAsync();
        return new(record, []);
    }

    private async Task<ActivityContent> ReadAsync(ActivityForm form)
    {
        var known = await ListsAsync();
        Rule.Require(form.Id != Guid.Empty && form.Key != Guid.Empty, "送られた内容が途中で切れています。もう一度送ってください。");
        Rule.Require(form.Area is not { } area || known.HasZone(area), "圏域を選び直してください。");
        Rule.Require(form.Kinds.All(code => known.Has(CodeList.ActivityKind, code)), "活動の種類を選び直してください。");
        Rule.Require((form.Functions ?? []).All(code => known.Has(CodeList.ActivityFunction, code)), "SCの役割を選び直してください。");
        Rule.Require(string.IsNullOrEmpty(form.Way) || known.Has(CodeList.ActivityWay, form.Way), "方法を選び直してください。");
        return new ActivityContent
        {
            OnDay = Choices.Day(form.OnDay, "活動した日") ?? time.Today(), StartsAt = form.StartsAt, Minutes = form.Minutes, AreaId = form.Area, Layer = form.Layer,
            Kinds = [.. form.Kinds.Distinct()], Functions = [.. (form.Functions ?? []).Distinct()], Way = string.IsNullOrEmpty(form.Way) ? null : form.Way,
            PersonName = PlainText.Of(form.PersonName), OrganizationId = await OrganizationAsync(form.Organization), ResourceId = await ResourceAsync(form.Resource), MeetingId = form.Meeting is { } meeting ? (await db.GetAsync<Meeting>(meeting)).Id : null,
            HeadCount = form.HeadCount, What = PlainText.Of(form.What), Noticed = PlainText.Of(form.Noticed), NextStep = PlainText.Of(form.NextStep), NextDue = Choices.Day(form.NextDue, "次の一歩の期限"), Audience = form.Audience,
        };
    }

    private async Task<Guid?> OrganizationAsync(string? written)
    {
        if (PlainText.Of(written) is not { Length: > 0 } name)
        {
            return null;
        }

        var found = await db.Organizations.Where(organization => organization.Name == name || organization.Number == name).OrderBy(organization => organization.ClosedOn != null).Select(organization => (Guid?)organization.Id).FirstOrDefaultAsync();
        Rule.Require(found is not null, $"「{name}」という団体は登録されていません。候補から選ぶか、名前は「したこと」に書いてください。");
        return found;
    }

    private async Task<Guid?> ResourceAsync(string? written)
    {
        if (PlainText.Of(written) is not { Length: > 0 } name)
        {
            return null;
        }

        var found = await db.Resources.Where(resource => resource.Name == name || resource.Number == name).OrderBy(resource => resource.State != ResourceState.Published).Select(resource => (Guid?)resource.Id).FirstOrDefaultAsync();
        Rule.Require(found is not null, $"「{name}」という地域資源は登録されていません。候補から選ぶか、名前は「したこと」に書いてください。");
        return found;
    }

    private ActivityContent BaseOf(ActivityForm form)
    {
        try
        {
            return string.IsNullOrEmpty(form.Base) ? new ActivityContent { OnDay = time.Today() } : JsonColumn.Read<ActivityContent?>(form.Base) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new RuleBrokenException("送られた内容が途中で切れています。記録を開き直してから、もう一度入力してください。");
        }
    }

    private async Task<IReadOnlyList<Conflict>> InWordsAsync(IReadOnlyList<string> conflicts, ActivityContent mine, ActivityRecord record)
    {
        var names = await NamesAsync(mine, record.Content);
        return [.. ActivityFields.All.Where(field => conflicts.Contains(field.Name)).Select(field => new Conflict(field.Name, field.Label, field.InWords(mine, names), field.InWords(record.Content, names)))];
    }

    /// <summary>The photo has the id of the form that brought it: sent again it is no second one, and another choice in the same form takes its place.</summary>
    private async Task AddPhotoAsync(ActivityForm form, DateTimeOffset now)
    {
        if (form.Photo is not { Length: > 0 })
        {
            return;
        }

        Rule.Require(form.Photo.Length <= UploadLimits.PhotoBytes, "写真が8MBを超えています。小さくしてから選び直してください。");
        using var bytes = new MemoryStream();
        await form.Photo.CopyToAsync(bytes);
        var clean = PictureCleaning.Clean(bytes.ToArray());
        Rule.Require(clean is { IsPicture: true }, "読み取れるのはJPEG、PNG、WebPの写真だけです。別の形で保存してから、もう一度選んでください。");
        if (await db.FindAsync<ActivityPhoto>(form.Key) is not { } known)
        {
            db.ActivityPhotos.Add(new ActivityPhoto { Id = form.Key, ActivityRecordId = form.Id, MediaType = clean!.MediaType, FileName = ActivityPhoto.NameOf(clean), Bytes = clean.Bytes, CreatedAt = now });
        }
        else if (known.ActivityRecordId == form.Id && !known.Bytes.AsSpan().SequenceEqual(clean!.Bytes))
        {
            known.Replace(clean);
        }
    }
}
