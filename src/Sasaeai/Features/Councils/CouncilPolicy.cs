using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.Councils;

/// <summary>Who may see and change a council. A 協議体委員 sees the councils of their own only.</summary>
public static class CouncilPolicy
{
    public static bool CanSeeCouncils(this CurrentPerson person) => person.IsStaff || person.CouncilIds.Count > 0;

    public static bool CanSee(this CurrentPerson person, Council council) => person.IsStaff || person.CouncilIds.Contains(council.Id);

    public static bool CanChange(this CurrentPerson person, Council council) => person.WorksIn(council.AreaId);

    /// <summary>Officers anywhere; SC and 相談員 in the areas of their posting.</summary>
    public static bool WorksIn(this CurrentPerson person, Guid areaId) => person.IsOfficer || person.IsStaff && person.AreaIds.Contains(areaId);

    public static IQueryable<Council> SeenBy(this IQueryable<Council> councils, CurrentPerson person)
    {
        if (person.IsStaff)
        {
            return councils;
        }

        var own = person.CouncilIds.ToArray();
        return councils.Where(council => own.Contains(council.Id));
    }
}
