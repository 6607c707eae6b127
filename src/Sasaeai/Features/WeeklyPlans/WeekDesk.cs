using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Visits;
using Sasaeai.Features.WeeklyPlans.Planning;

namespace Sasaeai.Features.WeeklyPlans;

/// <summary>Makes the proposal of a week, changes it by hand, and turns what is accepted into assignments.</summary>
public sealed class WeekDesk(AppDb db, VisitHolds holds, AuditTrail trail, TimeProvider time)
{
    /// <summary>A plan takes one core for some seconds; another one waits, so that the pages of others stay quick.</summary>
    private static readonly SemaphoreSlim OneAtATime = new(1);

    private const long StepsPerVisit = 4000, LeastSteps = 40_000, MostSteps = 1_000_000;

    public WeekFacts Facts { get; private set; } = null!;
    public WeeklyProposal Proposal { get; private set; } = null!;
    public bool IsMade => Proposal.MadeBy != "";

    public async Task LoadAsync(Guid groupId, DateOnly monday)
    {
        if (monday.DayOfWeek != DayOfWeek.Monday || monday.Year is < 2000 or > 2200)
        {
            throw new NotFoundException();
        }

        Facts = await WeekFacts.LoadAsync(db, groupId, monday, time.Today());
        Proposal = await db.WeeklyProposals.SingleOrDefaultAsync(proposal => proposal.GroupId == groupId && proposal.Monday == monday) ?? new WeeklyProposal { GroupId = groupId, Monday = monday };
    }

    /// <param name="whole">All proposals may move (at the price of the group's change penalty); otherwise only what lost its place or its helper.</param>
    public async Task PlanAsync(bool whole, CancellationToken cancellation)
    {
        var open = Facts.Visits.Where(visit => !visit.IsSettled).ToDictionary(visit => visit.Id);
        var lost = Proposal.Content.Places.Where(placed => !open.ContainsKey(placed.VisitId)).Concat(Proposal.Content.Agreed.Where(before => !Facts.Agreed.Any(now => (now.VisitId, now.Place, now.MemberId) == (before.VisitId, before.Place, before.MemberId)))).ToList();
        var kept = Proposal.Content with { Places = [.. Proposal.Content.Places.Where(placed => open.TryGetValue(placed.VisitId, out var visit) && visit.Agreed.All(assignment => assignment.Place != placed.Place && assignment.MemberId != placed.MemberId))] };
        var problem = Facts.Problem(kept);
        var effort = new PlanEffort(Math.Clamp(problem.Visits.Count * StepsPerVisit, LeastSteps, MostSteps), (ulong)Proposal.Seed, cancellation);
        Rule.Require(await OneAtATime.WaitAsync(TimeSpan.FromSeconds(20), cancellation), "いま、ほかの団体の予定を立てています。少し待ってから、もう一度押してください。");
        try
        {
            var plan = await Task.Run(() => whole ? Planner.Plan(problem, effort) : Planner.Replan(problem, [.. lost.Select(placed => new Booking($"{placed.MemberId}", Facts.At(placed.Day, placed.Starts)))], effort), cancellation);
            Rule.Require(!cancellation.IsCancellationRequested, "予定を立てるのをやめました。");
            Make(plan, kept);
        }
        finally
        {
            OneAtATime.Release();
        }

        await db.SaveChangesAsync(cancellation);
    }

    private void Make(WeeklyPlan plan, ProposalContent before)
    {
        var open = Facts.Visits.Where(visit => !visit.IsSettled).ToDictionary(visit => $"{visit.Id}");
        var places = from helper in plan.Helpers
                     from planned in helper.Visits
                     where open.TryGetValue(planned.Visit, out var visit) && visit.Agreed.All(assignment => assignment.Place != planned.Duty)
                     let when = Facts.When(planned.Start)
                     select new PlacedHelper(Guid.Parse(planned.Visit), (short)planned.Duty, Guid.Parse(helper.Helper), when.Day, when.Time);
        var left = plan.Unserved.Where(unserved => open.ContainsKey(unserved.Visit))
            .Select(unserved => new LeftVisit(Guid.Parse(unserved.Visit), unserved.Reason, unserved.Relaxation?.Kind, unserved.Relaxation?.Minutes ?? 0, [.. unserved.Relaxation?.Helpers.Select(Guid.Parse) ?? []]));
        Proposal.Make(new ProposalContent { Places = [.. places], Agreed = Facts.Agreed, Left = [.. left], TakenOff = before.TakenOff, Exact = plan.Exact }, trail.Actor.Name, time.GetUtcNow());
        Keep();
    }

    private void Keep()
    {
        if (db.Entry(Proposal).State == EntityState.Detached)
        {
            db.WeeklyProposals.Add(Proposal);
        }
    }

    public WeekVisit OpenVisit(Guid visitId)
    {
        var visit = Facts.Visits.FirstOrDefault(one => one.Id == visitId) ?? throw new NotFoundException();
        Rule.Require(!visit.IsSettled, "この活動は、もう担い手が決まっています。変えるときは、活動のページで担当を外してください。");
        return visit;
    }

    /// <summary>Who could take a place of the visit beside all that is agreed and proposed, best first.</summary>
    public IReadOnlyList<Candidate> Rank(WeekVisit visit, short place, (DateOnly Day, TimeOnly Time)? at = null)
    {
        var without = Proposal.Content with { Places = [.. Proposal.Content.Places.Where(placed => placed.VisitId != visit.Id || placed.Place != place)] };
        var problem = Facts.Problem(without);
        var places = problem.Visits.ToDictionary(planned => planned.Id, planned => planned.Place);
        var promised = Facts.Agreed.Concat(without.Places).Where(placed => places.ContainsKey($"{placed.VisitId}") && (placed.VisitId != visit.Id || placed.Place != place)).ToLookup(placed => placed.MemberId)
            .ToDictionary(own => $"{own.Key}", own => new Promised([.. own.Select(placed => (Start: Facts.At(placed.Day, placed.Starts), Of: Facts.Visits.First(other => other.Id == placed.VisitId))).Select(one => new PromisedVisit(one.Start, one.Start + one.Of.Visit.Minutes, places[$"{one.Of.Id}"]))]));
        var days = Enumerable.Range(0, 7).Select(Facts.Monday.AddDays).Where(day => day >= visit.Visit.FromDay && day <= visit.Visit.UntilDay && (visit.Visit.Day ?? day) == day).ToList();
        var planned = new Planning.Visit
        {
            Id = $"{visit.Id}", Place = places.GetValueOrDefault($"{visit.Id}"), Duties = [new Duty(visit.Kind.Words, visit.Visit.Minutes)], UsualHelpers = problem.Visits.FirstOrDefault(one => one.Id == $"{visit.Id}")?.UsualHelpers ?? [],
            Windows = [.. days.Select(day => at is { } chosen ? new Window(Facts.At(chosen.Day, chosen.Time), Facts.At(chosen.Day, chosen.Time)) : new Window(Facts.At(day, visit.Visit.Starts ?? visit.Visit.Earliest), Facts.At(day, visit.Visit.Starts ?? visit.Visit.Latest)))],
        };
        return [.. CandidateRanking.Rank(problem, planned, planned.Duties[0], promised).Select(candidate => Facts.Objection(visit, Facts.Helpers.First(helper => $"{helper.Id}" == candidate.Helper.Id)) is { } objection ? candidate with { Against = objection } : candidate).OrderBy(candidate => candidate.Against is not null)];
    }

    /// <summary>The coordinator's own choice; it stays there when the week is planned again.</summary>
    public async Task PutAsync(WeekVisit of, PlacedHelper placed)
    {
        var visit = await db.HoldVisitAsync(Proposal.GroupId, of.Id);
        Rule.Require(visit.State == VisitState.Open, "この活動は、ほかの人が先に決めました。");
        Rule.Require(placed.Day >= visit.FromDay && placed.Day <= visit.UntilDay && (visit.Day ?? placed.Day) == placed.Day && placed.Day >= time.Today(), "頼まれた日のうち、今日から後の日を選んでください。");
        Rule.Require(placed.Starts >= (visit.Starts ?? visit.Earliest) && placed.Starts <= (visit.Starts ?? visit.Latest), $"始まりは、頼まれた時間（{visit.Starts ?? visit.Earliest:H:mm}〜{visit.Starts ?? visit.Latest:H:mm}）の中にしてください。");
        var candidate = Rank(of, placed.Place, (placed.Day, placed.Starts)).FirstOrDefault(one => one.Helper.Id == $"{placed.MemberId}") ?? throw new NotFoundException();
        Rule.Require(candidate.Against is null, $"この人には頼めません。{candidate.Against}。それでも頼むときは、活動のページで理由を書いて決めてください。");
        Proposal.Put(placed);
        if (!IsMade)
        {
            Proposal.Make(Proposal.Content with { Agreed = Facts.Agreed }, trail.Actor.Name, time.GetUtcNow());
        }

        visit.Pinned = true;
        Keep();
        await db.SaveChangesAsync();
    }

    public async Task PinAsync(Guid visitId, bool pinned)
    {
        var visit = await db.HoldVisitAsync(Proposal.GroupId, OpenVisit(visitId).Id);
        visit.Pinned = pinned;
        await db.SaveChangesAsync();
    }

    public async Task TakeOffAsync(Guid visitId, Guid memberId)
    {
        Proposal.TakeOff(visitId, memberId);
        (await db.HoldVisitAsync(Proposal.GroupId, visitId)).Pinned = false;
        await db.SaveChangesAsync();
    }

    /// <summary>The helpers of these visits are settled. The visits and helpers are held first and everything is read again, so of two coordinators one wins for each visit.</summary>
    /// <returns>How many visits were settled, and how many were not because something has changed since.</returns>
    public async Task<(int Settled, int Changed)> AcceptAsync(IReadOnlyCollection<Guid> visitIds)
    {
        var chosen = Proposal.Content.Places.Where(placed => visitIds.Contains(placed.VisitId)).ToList();
        Rule.Require(chosen.Count > 0, "決める活動を選んでください。");
        var (visits, members) = (chosen.Select(placed => placed.VisitId).Distinct().ToArray(), chosen.Select(placed => placed.MemberId).Distinct().ToArray());
        await db.Database.ExecuteSqlAsync($"select from app.visit where municipality_id = {db.TownId} and id = any({visits}) order by id for update");
        await db.Database.ExecuteSqlAsync($"select from app.member where municipality_id = {db.TownId} and id = any({members}) order by id for no key update");
        Facts = await WeekFacts.LoadAsync(db, Proposal.GroupId, Proposal.Monday, time.Today());
        var holding = Planner.StillHolding(Facts.Problem(Proposal.Content with { Places = chosen }));
        var (today, now) = (time.Today(), time.GetUtcNow());
        var held = await db.Visits.Where(visit => visits.Contains(visit.Id)).ToDictionaryAsync(visit => visit.Id);
        var facts = Facts.Visits.ToDictionary(visit => visit.Id);
        var accepted = new List<PlacedHelper>();
        foreach (var own in chosen.GroupBy(placed => placed.VisitId))
        {
            if (!holding.Contains($"{own.Key}") || !facts.TryGetValue(own.Key, out var of) || of.IsSettled || own.Any(placed => placed.Day < today || of.Agreed.Any(assignment => assignment.Place == placed.Place)))
            {
                continue;
            }

            var (visit, taken) = (held[own.Key], of.Agreed.Count);
            foreach (var placed in own.OrderBy(placed => placed.Place))
            {
                visit.Settle(placed.Day, placed.Starts);
                visit.Fill(++taken);
                db.Assignments.Add(new Assignment { GroupId = visit.GroupId, VisitId = visit.Id, Place = placed.Place, MemberId = placed.MemberId, AcceptedAt = now, ByName = trail.Actor.Name, Channel = ContactChannel.Plan });
                db.Offers.Add(new Offer { GroupId = visit.GroupId, VisitId = visit.Id, MemberId = placed.MemberId, Day = placed.Day, Channel = ContactChannel.Plan, Result = OfferResult.Accepted, AskedAt = now, ByName = trail.Actor.Name });
                accepted.Add(placed);
            }
        }

        Proposal.Settle(accepted);
        await db.SaveChangesAsync();
        await holds.HoldAsync(Proposal.GroupId, [.. held.Values.Where(visit => visit.State == VisitState.Assigned && accepted.Exists(placed => placed.VisitId == visit.Id))]);
        var settled = accepted.Select(placed => placed.VisitId).Distinct().Count();
        return (settled, visits.Length - settled);
    }
}
