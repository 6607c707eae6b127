using Sasaeai.Data;

namespace Sasaeai.Features.Resources;

public enum ReportState { Open, Closed }

/// <summary>「情報が違います」: anybody says that a record is wrong.</summary>
public class MistakeReport : TownRecord
{
    public required Guid ResourceId { get; init; }
    /// <summary>受付番号, by which the person can ask what became of it.</summary>
    public required string Receipt { get; init; }
    [Secret] public required string Text { get; init; }
    /// <summary>Only if the person wants to be asked back; emptied when the report is closed.</summary>
    [Secret] public string Contact { get; private set; } = "";
    public ReportState State { get; private set; }
    public Guid? RevisionId { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public string? ClosedBy { get; private set; }
    public string Answer { get; private set; } = "";

    public void AskBackAt(string contact) => Contact = contact;

    /// <summary>A correction was proposed because of this report; approving it closes the report.</summary>
    public void LeadTo(Revision revision)
    {
        Rule.Require(State == ReportState.Open, "この連絡はすでに処理されています。");
        RevisionId = revision.Id;
    }

    public void Close(Actor actor, DateTimeOffset now, string answer)
    {
        Rule.Require(State == ReportState.Open, "この連絡はすでに処理されています。");
        Rule.Require(answer.Trim() != "", "どうなったかを入力してください。");
        (State, ClosedAt, ClosedBy, Answer, Contact) = (ReportState.Closed, now, actor.Name, answer, "");
    }
}
