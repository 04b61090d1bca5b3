namespace Attractor.Cli.Commands;

/// <summary>The store of a study as the environment names it: where a password is not to be seen among arguments.</summary>
internal static class StoreVariable
{
    public const string Name = "ATTRACTOR_STORE";

    /// <summary>What an option says, else the environment; null for what the study itself says.</summary>
    public static string? Or(string? option)
        => option ?? (Environment.GetEnvironmentVariable(Name) is { Length: > 0 } store ? store : null);
}
