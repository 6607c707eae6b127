namespace Sasaeai.Tests;

/// <summary>Open data and specifications in the folder <c>shared</c> beside the repository; a test that needs them is skipped in a clone alone.</summary>
internal static class SharedData
{
    /// <summary>The folder of the repository.</summary>
    public static readonly string Repository = Above(AppContext.BaseDirectory);

    private static readonly string Folder = System.IO.Path.Combine(Repository, "..", "shared");

    public static string Path(params string[] parts)
    {
        var path = System.IO.Path.Combine([Folder, .. parts]);
        Assert.SkipUnless(File.Exists(path), $"The file shared/{string.Join('/', parts)} is not beside the repository.");
        return path;
    }

    /// <summary>The files of a folder of data, in order.</summary>
    public static string[] Files(string folder, string pattern)
    {
        var path = System.IO.Path.Combine(Folder, "data", folder);
        Assert.SkipUnless(System.IO.Directory.Exists(path), $"The folder shared/data/{folder} is not beside the repository.");
        return [.. System.IO.Directory.GetFiles(path, pattern).Order(StringComparer.Ordinal)];
    }

    /// <summary>The official holidays.</summary>
    public static Sasaeai.Japanese.Holidays Holidays()
    {
        using var csv = new StreamReader(Path("data", "holidays", "syukujitsu.utf8.csv"));
        return Sasaeai.Japanese.Holidays.Parse(csv);
    }

    private static string Above(string folder) => File.Exists(System.IO.Path.Combine(folder, "Sasaeai.slnx")) ? folder : Above(System.IO.Path.GetDirectoryName(folder)!);
}
