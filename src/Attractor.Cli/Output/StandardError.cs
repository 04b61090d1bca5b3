namespace Attractor.Cli.Output;

/// <summary>Where messages and progress go.</summary>
internal static class StandardError
{
    /// <summary>Whether a person may be reading there; whoever runs verbs inside another program says that nobody is.</summary>
    public static bool IsTerminal { get; set; } = !Console.IsErrorRedirected;
}
