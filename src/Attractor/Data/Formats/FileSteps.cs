namespace Attractor.Data;

/// <summary>The steps in which files of runs and outputs are changed, announced so that a test can let each of them fail.</summary>
internal static class FileSteps
{
    private static readonly AsyncLocal<Action<string, string>?> s_before = new();

    /// <summary>
    /// Called before each step in this flow of control, with its name and the path; what it throws is what the step fails with.
    /// </summary>
    public static Action<string, string>? Before { get => s_before.Value; set => s_before.Value = value; }

    /// <summary>The file itself, or one that announces each write to it if anybody listens.</summary>
    public static Stream Watch(FileStream stream, string path) => s_before.Value is null ? stream : new WatchedStream(stream, path);

    /// <summary>Announces a step.</summary>
    public static void Announce(string step, string path) => s_before.Value?.Invoke(step, path);
}
