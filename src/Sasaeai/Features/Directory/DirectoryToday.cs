using Sasaeai.Data;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.Directory;

/// <summary>A town's public directory as residents see it on one day.</summary>
public sealed record DirectoryToday(TownDirectory Directory, DateOnly Today, Holidays Holidays)
{
    public DirectoryResult Search(DirectoryQuery query) => Directory.Search(query, Today, Holidays);

    /// <summary>The town's own entries that are shown today.</summary>
    public IEnumerable<Entry> Entries => Directory.Entries.Where(entry => entry.MunicipalityId == Directory.Town.Id && Today < entry.HideOn);

    /// <summary>The address of an entry's page: a neighbour's stands on the neighbour's own site.</summary>
    public string PathOf(int municipalityId, Guid id) => $"/{Directory.TownOf(municipalityId).Slug}/resources/{id}";
}

/// <summary>Opens the directory of the request's town.</summary>
public sealed class PublicDirectory(CurrentTown town, TownDirectories directories, HolidayCalendar holidays, TimeProvider time)
{
    /// <exception cref="NotFoundException">The address names no town.</exception>
    public async ValueTask<DirectoryToday> OpenAsync(CancellationToken cancellation) => !town.IsSet ? throw new NotFoundException()
        : new(await directories.GetAsync(town.Municipality, cancellation), time.Today(), await holidays.GetAsync(cancellation));
}
