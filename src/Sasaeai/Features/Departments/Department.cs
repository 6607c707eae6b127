using Sasaeai.Data;

namespace Sasaeai.Features.Departments;

/// <summary>庁内の課: a part of the town hall that takes issues over, for as long as it exists.</summary>
public class Department : TownRecord
{
    public required string Name { get; set; }
    public string Phone { get; set; } = "";
    /// <summary>What it is for, in a few words, so that the right one is chosen.</summary>
    public string Duty { get; set; } = "";
    public int Sort { get; set; }
    public DateOnly? StartsOn { get; private set; }
    public DateOnly? EndsOn { get; private set; }

    public bool IsValidOn(DateOnly day) => (StartsOn is null || StartsOn <= day) && (EndsOn is null || day <= EndsOn);

    public void HoldFrom(DateOnly? first, DateOnly? last)
    {
        Rule.Require(first is null || last is null || first <= last, "終わりの日は、始まりの日以後にしてください。");
        (StartsOn, EndsOn) = (first, last);
    }
}
