namespace Sasaeai.Data;

/// <summary>The town whose rows this request (or command) may see. Set once.</summary>
public sealed class CurrentTown
{
    private Municipality? municipality;

    public Municipality Municipality
    {
        get => municipality ?? throw new InvalidOperationException("No town is set for this request.");
        set => municipality = municipality is null || municipality.Id == value.Id ? value : throw new InvalidOperationException("The town of a request is set once.");
    }

    public bool IsSet => municipality is not null;
    public int Id => municipality?.Id ?? 0;
}
