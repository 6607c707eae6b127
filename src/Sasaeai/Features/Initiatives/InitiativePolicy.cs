using Sasaeai.Features.Accounts;
using Sasaeai.Features.Issues;

namespace Sasaeai.Features.Initiatives;

/// <summary>Staff and 委員 read all initiatives; officers, and SC and 相談員 of the area, write them.</summary>
public static class InitiativePolicy
{
    public static bool CanChange(this CurrentPerson person, Initiative initiative) => person.WorksIn(initiative.AreaId);
}
