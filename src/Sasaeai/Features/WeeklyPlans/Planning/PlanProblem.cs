namespace Sasaeai.Features.WeeklyPlans.Planning;

/// <summary>What is to be planned. All times are minutes since one moment that the caller chooses (the Monday's midnight).</summary>
public sealed record PlanProblem
{
    public required IReadOnlyList<Visit> Visits { get; init; }
    public required IReadOnlyList<Helper> Helpers { get; init; }
    public required Travel Travel { get; init; }
    public PlanWeights Weights { get; init; } = new();
    public PlanRules Rules { get; init; } = new();
}

/// <summary>A help at a place: one duty, or two by different helpers whose starts stand <see cref="Gap"/> apart.</summary>
public sealed record Visit
{
    public required string Id { get; init; }

    /// <summary>Index of the place in <see cref="PlanProblem.Travel"/>.</summary>
    public required int Place { get; init; }

    /// <summary>When it may start; "any time this week" is one window a day.</summary>
    public required IReadOnlyList<Window> Windows { get; init; }
    public required IReadOnlyList<Duty> Duties { get; init; }
    public Gap Gap { get; init; } = Gap.Together;
    public double? PinnedStart { get; init; }

    /// <summary>「この人は避けて」, said by either side.</summary>
    public IReadOnlySet<string> Avoids { get; init; } = new HashSet<string>();

    /// <summary>Helpers whom the user knows, the most usual first.</summary>
    public IReadOnlyList<string> UsualHelpers { get; init; } = [];

    /// <summary>Multiplies <see cref="PlanWeights.Unserved"/>.</summary>
    public double Urgency { get; init; } = 1;

    internal bool IsFixed => PinnedStart is not null && Duties.All(duty => duty.PinnedHelper is not null);
}

/// <summary>The part of one helper in a visit.</summary>
public sealed record Duty(string Skill, double Minutes)
{
    public string? PinnedHelper { get; init; }

    /// <summary>Where the present plan has it.</summary>
    public Booking? Present { get; init; }
}

public sealed record Booking(string Helper, double Start);

/// <summary>A visit starts at <see cref="Opens"/> at the earliest; a start after <see cref="Closes"/> is late.</summary>
public readonly record struct Window(double Opens, double Closes);

/// <summary>The second duty starts this many minutes after the first.</summary>
public readonly record struct Gap(double Least, double Most)
{
    public static readonly Gap Together = new(0, 0);
}

public sealed record Helper
{
    public required string Id { get; init; }
    public required int Home { get; init; }

    /// <summary>What the helper may do, each until the end of its course or insurance (infinity: without end).</summary>
    public required IReadOnlyDictionary<string, double> Skills { get; init; }
    public double InsuredUntil { get; init; } = double.PositiveInfinity;

    /// <summary>When free; slots do not overlap, and none passes midnight.</summary>
    public required IReadOnlyList<Slot> Slots { get; init; }
    public TravelMode Mode { get; init; } = TravelMode.Foot;
    public double MostMinutesADay { get; init; } = double.PositiveInfinity;
    public double MostMinutesAWeek { get; init; } = double.PositiveInfinity;

    /// <summary>Minutes already done this month beyond the plan, for fair load.</summary>
    public double MinutesBefore { get; init; }
}

public readonly record struct Slot(double Starts, double Ends)
{
    public int Day => (int)Math.Floor(Starts / 1440);
}

/// <summary>What one unit costs; a group sets these.</summary>
public sealed record PlanWeights
{
    public double TravelMinute { get; init; } = 1;
    public double LateMinute { get; init; } = 1;

    /// <summary>For each minute of the latest visit of all.</summary>
    public double WorstLateMinute { get; init; }

    /// <summary>When a user who has usual helpers gets a stranger; half of it for a usual helper who is not the first.</summary>
    public double Stranger { get; init; } = 15;

    /// <summary>For the square of each helper's hours: the seventh hour of one costs more than the first of another.</summary>
    public double SquaredHour { get; init; } = 1;

    /// <summary>When a visit of the present plan changes its helper; half of it when only the time moves.</summary>
    public double Change { get; init; } = 60;
    public double Unserved { get; init; } = 10_000;
}

public sealed record PlanRules
{
    /// <summary>Whether the ways from home and back must lie inside the slot too.</summary>
    public bool HomeWaysInsideSlots { get; init; }

    /// <summary>How many minutes after its window a visit may start at most.</summary>
    public double MostLate { get; init; }

    /// <summary>Starts are whole multiples of this many minutes; 0: any.</summary>
    public double StartsEvery { get; init; } = 5;
}
