namespace Attractor.Cli.Output;

/// <summary>Messages as lines on the standard error.</summary>
internal sealed class ErrorLines : IProgress<string>
{
    private ErrorLines()
    {
    }

    public static ErrorLines Instance { get; } = new();

    public void Report(string value) => Console.Error.WriteLine(value);
}
