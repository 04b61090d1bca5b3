namespace Attractor.Runs;

/// <summary>Where files that were fetched are kept.</summary>
internal static class CacheFolder
{
    /// <summary>The variable that names another folder.</summary>
    public const string Variable = "ATTRACTOR_CACHE";

    /// <summary>The folder of a data set, which need not exist; null where the environment names no folder at all.</summary>
    public static string? Of(string dataset)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } own)
            return Path.Combine(Path.GetFullPath(own), dataset);
        // The XDG Base Directory Specification has relative paths ignored.
        string? shared = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (!Path.IsPathFullyQualified(shared ?? ""))
            shared = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return string.IsNullOrEmpty(shared) ? null : Path.Combine(shared, "attractor", dataset);
    }
}
