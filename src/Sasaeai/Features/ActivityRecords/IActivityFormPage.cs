using Microsoft.AspNetCore.Mvc.Rendering;

namespace Sasaeai.Features.ActivityRecords;

/// <summary>A page that shows the form of an activity (_Form.cshtml): new, again, or without a connection.</summary>
public interface IActivityFormPage
{
    ActivityForm Form { get; }
    ActivityLists Lists { get; }
    ActivityOffers Offers { get; }
    /// <summary>What was changed here and elsewhere, to be decided before anything is written.</summary>
    ActivityDesk.Saved? Undecided { get; }
}

/// <summary>What the form offers: names of organizations and resources, and the meetings of these weeks.</summary>
public sealed record ActivityOffers(IReadOnlyList<string> Organizations, IReadOnlyList<string> Resources, IReadOnlyList<SelectListItem> Meetings);
