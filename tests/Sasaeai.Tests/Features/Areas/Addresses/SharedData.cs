namespace Sasaeai.Tests.Features.Areas.Addresses;

/// <summary>Open data beside the repository, which a clone alone does not have.</summary>
internal static class SharedData
{
    /// <summary>The files of a folder, or a skipped test.</summary>
    public static string[] Files(string folder, string pattern)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Sasaeai.slnx")))
        {
            root = root.Parent;
        }

        var data = Path.Combine(root?.Parent?.FullName ?? "", "shared", "data", folder);
        Assert.SkipUnless(System.IO.Directory.Exists(data), $"No ../shared/data/{folder} beside this clone.");
        return [.. System.IO.Directory.GetFiles(data, pattern).Order(StringComparer.Ordinal)];
    }
}
