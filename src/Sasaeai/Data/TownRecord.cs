namespace Sasaeai.Data;

/// <summary>A row that belongs to one town. <see cref="AppDb"/> sets the town when the row is saved.</summary>
public interface ITownOwned
{
    int MunicipalityId { get; }
}

/// <summary>A town's row with an identity of its own; its key is (town, id).</summary>
public abstract class TownRecord : ITownOwned
{
    public int MunicipalityId { get; private set; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
}

/// <summary>The audit entry says that this value changed, but neither the old nor the new one.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;

/// <summary>Rows that are themselves a trace (receipts, counters, sessions) and leave no audit entry.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NotAuditedAttribute : Attribute;
