using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sasaeai.Data;
using Sasaeai.Features.Tariffs;
using Sasaeai.Features.Tickets;
using Sasaeai.Features.Visits;

namespace Sasaeai.Features.VisitReports;

public enum VisitResult
{
    [Display(Name = "手伝いをした")] Done,
    [Display(Name = "できなかった")] Failed,
}

public enum FailReason
{
    [Display(Name = "利用する人が留守だった")] Absent,
    [Display(Name = "利用する人の具合が悪かった")] Ill,
    [Display(Name = "天候")] Weather,
    [Display(Name = "手伝う人の都合")] Helper,
    [Display(Name = "頼まれた内容ができないものだった")] Unsuitable,
    [Display(Name = "そのほか")] Other,
}

public enum Incident
{
    [Display(Name = "なかった")] None,
    [Display(Name = "ひやりとした")] NearMiss,
    [Display(Name = "事故・けが・物をこわした")] Accident,
}

public enum SignOff
{
    [Display(Name = "まだ")] None,
    [Display(Name = "紙に署名・押印")] Paper,
    [Display(Name = "画面で確かめた")] Screen,
}

public enum ReportChannel
{
    [Display(Name = "電話")] Phone,
    [Display(Name = "紙")] Paper,
    [Display(Name = "手伝った人のページ")] Page,
}

public sealed record ReportContent
{
    public string Note { get; init; } = "";
    public string IncidentText { get; init; } = "";
    public IReadOnlyList<ActualCost> Costs { get; init; } = [];
    /// <summary>Numbers of the paper tickets that were handed over; empty when they are not known.</summary>
    public IReadOnlyList<int> Serials { get; init; } = [];
}

/// <summary>What the reporter says of a visit.</summary>
public sealed record WhatHappened(VisitResult Result, DateOnly Day, TimeOnly Starts, TimeOnly Ends, FailReason? FailReason, Incident Incident, SignOff Signed, ReportContent Content)
{
    /// <summary>The numbers with what stood before and after them, so that a ticket of another group is noticed.</summary>
    public IReadOnlyList<TicketNumbers.Typed> Tickets { get; init; } = [];
}

/// <summary>活動の報告. Approved once, and never changed then: a wrong one is withdrawn with its settlement and reported again.</summary>
public class VisitReport : TownRecord
{
    private VisitReport()
    {
    }

    public VisitReport(Visit visit, IReadOnlyList<Guid> helperIds, WhatHappened what, ReportChannel channel, string byName, DateTimeOffset now)
    {
        Rule.Require(helperIds.Count > 0, "担い手が決まっていない活動は報告できません。先に手伝った人を決めてください。");
        Rule.Require(what.Day <= now.Day(), "まだ来ていない日の報告はできません。日付を確かめてください。");
        Rule.Require(what.Result == VisitResult.Failed || what.Ends > what.Starts, "終わりの時刻が、始まりの時刻より後になるようにしてください。");
        Rule.Require(what.Result == VisitResult.Done || what.FailReason is not null, "できなかった理由を選んでください。");
        Rule.Require(what.Incident == Incident.None || what.Content.IncidentText.Trim() != "", "ひやりとしたこと、事故のときは、何があったかを書いてください。");
        Rule.Require(what.Content.Serials.Distinct().Count() == what.Content.Serials.Count && what.Content.Serials.All(serial => serial > 0), "券の番号が重なっているか、読めない番号があります。");
        visit.Report();
        (GroupId, VisitId, Result, Day, Starts, Ends) = (visit.GroupId, visit.Id, what.Result, what.Day, what.Starts, what.Result == VisitResult.Done ? what.Ends : what.Starts);
        Minutes = what.Result == VisitResult.Done ? (int)(what.Ends - what.Starts).TotalMinutes : 0;
        HelperIds = [.. helperIds];
        FailReason = what.Result == VisitResult.Failed ? what.FailReason : null;
        (Incident, Signed, Content, Channel, ByName, ReportedAt) = (what.Incident, what.Signed, what.Content, channel, byName, now);
    }

    public Guid GroupId { get; private init; }
    public Guid VisitId { get; private init; }
    public VisitResult Result { get; private init; }
    public DateOnly Day { get; private init; }
    public TimeOnly Starts { get; private init; }
    public TimeOnly Ends { get; private init; }
    public int Minutes { get; private init; }
    public Guid[] HelperIds { get; private init; } = [];
    public FailReason? FailReason { get; private init; }
    public Incident Incident { get; private init; }
    [Secret] public ReportContent Content { get; private init; } = new();
    public SignOff Signed { get; private set; }
    public ReportChannel Channel { get; private init; }
    public DateTimeOffset ReportedAt { get; private init; }
    public string ByName { get; private init; } = "";
    public DateTimeOffset? ApprovedAt { get; private set; }
    public string? ApprovedBy { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public string? WithdrawnBy { get; private set; }
    [Secret] public string WithdrawReason { get; private set; } = "";

    public bool Waits => ApprovedAt is null && WithdrawnAt is null;

    public void Sign(SignOff how) => Signed = how;

    public void Approve(string byName, DateTimeOffset now)
    {
        Rule.Require(WithdrawnAt is null, "この報告は取り消されています。");
        Rule.Require(ApprovedAt is null, "この報告は、すでに確かめてあります。");
        (ApprovedAt, ApprovedBy) = (now, byName);
    }

    public void Withdraw(string reason, string byName, DateTimeOffset now)
    {
        Rule.Require(WithdrawnAt is null, "この報告は、すでに取り消されています。");
        Rule.Require(reason.Trim() != "", "報告を取り消す理由を書いてください。");
        (WithdrawnAt, WithdrawnBy, WithdrawReason) = (now, byName, reason.Trim());
    }
}

/// <summary>The paper slip, photographed; without what the camera wrote beside the picture.</summary>
public class SlipPhoto : TownRecord
{
    public required Guid GroupId { get; init; }
    public required Guid ReportId { get; init; }
    public required string MediaType { get; init; }
    [Secret] public required byte[] Bytes { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string ByName { get; init; }
}

public class VisitReportMapping : IEntityTypeConfiguration<VisitReport>
{
    public void Configure(EntityTypeBuilder<VisitReport> builder)
    {
        builder.Property<uint>("xmin").IsRowVersion();
        builder.Property(report => report.Content).IsJson();
    }
}
