using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.Voices;

/// <summary>Officers hear all voices; SC and 相談員 those of their areas and those without one.</summary>
public static class VoicePolicy
{
    public static bool CanHear(this CurrentPerson person, Voice voice) =>
        person.IsOfficer || person.IsStaff && (voice.AreaId is not { } area || person.AreaIds.Contains(area));

    public static IQueryable<Voice> HeardBy(this IQueryable<Voice> voices, CurrentPerson person)
    {
        if (person.IsOfficer)
        {
            return voices;
        }

        var areas = person.AreaIds.ToArray();
        return voices.Where(voice => voice.AreaId == null || areas.Contains(voice.AreaId.Value));
    }
}
