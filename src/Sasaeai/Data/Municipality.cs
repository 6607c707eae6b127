namespace Sasaeai.Data;

public enum MunicipalityKind { Municipality, Prefecture }

/// <summary>A tenant: a municipality, or a prefecture that sees aggregates of its municipalities.</summary>
public class Municipality
{
    public int Id { get; init; }
    /// <summary>全国地方公共団体コード, six digits with the check digit.</summary>
    public required string Code { get; init; }
    public required string Slug { get; init; }
    public MunicipalityKind Kind { get; init; }
    public required string Name { get; init; }
    public string Kana { get; init; } = "";
    public string Prefecture { get; init; } = "";
    public double? Lat { get; init; }
    public double? Lng { get; init; }
    /// <summary>A demonstration town: its accounts may sign in without a second factor.</summary>
    public bool Demo { get; init; }
}

/// <summary>What a town decides for itself; one row a town.</summary>
public class TownRule : ITownOwned
{
    public int MunicipalityId { get; private set; }
    public bool ApprovalRequired { get; set; } = true;
    /// <summary>Days before the due day from which a record counts as 確認が近い.</summary>
    public int DueSoonDays { get; set; } = 30;
    public bool HideUnverified { get; set; } = true;
    /// <summary>Counts of people below this are masked.</summary>
    public int SmallCount { get; set; } = 5;
    /// <summary>How far beyond the town's own records a search near a point looks, in kilometres.</summary>
    public double ReachKm { get; set; } = 3;
    public bool TwoFactorRequired { get; set; } = true;
    /// <summary>Unused prepaid tickets of one issuer above this need a deposit (資金決済法); a warning comes before.</summary>
    public long PrepaidLimitYen { get; set; } = 10_000_000;
    public long PrepaidWarningYen { get; set; } = 8_000_000;
    public string ContactName { get; set; } = "";
    public string ContactPhone { get; set; } = "";
    public string PrivacyNote { get; set; } = "";
}
