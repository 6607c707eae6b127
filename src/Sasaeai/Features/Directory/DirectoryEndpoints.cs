using Sasaeai.Features.Hsds;

namespace Sasaeai.Features.Directory;

/// <summary>What the directory offers to programs: photos, calendars, suggestions, map points, HSDS.</summary>
public static class DirectoryEndpoints
{
    public static void MapDirectoryEndpoints(this WebApplication app)
    {
        app.MapHsds();
        app.MapFeeds();
    }
}
