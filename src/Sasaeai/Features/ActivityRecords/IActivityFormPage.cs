namespace Sasaeai.Features.ActivityRecords;

/// <summary>A page that shows the form of an activity (_Form.cshtml): new, again, or without a connection.</summary>
public interface IActivityFormPage
{
    ActivityForm Form { get; }
    ActivityLists Lists { get; }
    /// <summary>Names that the form offers.</summary>
    (IReadOnlyList<string> Organizations, IReadOnlyList<string> Resources) Offers { get; }
    /// <summary>What was changed here and elsewhere, to be decided before anything is written.</summary>
    ActivityDesk.Saved? Undecided { get; }
}
