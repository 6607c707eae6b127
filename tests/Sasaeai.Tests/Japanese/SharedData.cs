namespace Sasaeai.Tests.Japanese;

/// <summary>Open data in the folder <c>shared</c> beside the repository; tests that need it are skipped without it.</summary>
static class SharedData
{
    public static string Path(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Sasaeai.slnx")))
            folder = folder.Parent;
        var path = System.IO.Path.Combine([folder?.Parent?.FullName ?? "", "shared", "data", .. parts]);
        if (!File.Exists(path))
            Assert.Skip($"The file shared/data/{string.Join('/', parts)} is not beside the repository.");
        return path;
    }

    /// <summary>The official holidays.</summary>
    public static Sasaeai.Japanese.Holidays Holidays()
    {
        using var csv = new StreamReader(Path("holidays", "syukujitsu.utf8.csv"));
        return Sasaeai.Japanese.Holidays.Parse(csv);
    }
}
