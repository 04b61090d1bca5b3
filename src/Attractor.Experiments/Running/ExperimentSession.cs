using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>Where an experiment writes, and to whom it speaks.</summary>
/// <param name="output">The report.</param>
/// <param name="quiet">Whether to print nothing but the result.</param>
/// <param name="overwrite">Whether networks of other settings may be replaced.</param>
/// <param name="name">From the name of a setting's property to what whoever asks calls it.</param>
internal sealed class ExperimentSession(string output, bool quiet, bool overwrite, Func<string, string> name)
{
    private readonly Lock _console = new();

    /// <summary>The report.</summary>
    public string Output => output;

    /// <summary>Whether nothing but the result is to be printed.</summary>
    public bool Quiet => quiet;

    /// <summary>Whether networks of other settings may be replaced.</summary>
    public bool Overwrite => overwrite;

    /// <summary>The folder beside the report that holds what is learnt: <c>NAME-runs</c>.</summary>
    public string Runs { get; } = Path.Combine(
        Path.GetDirectoryName(output) is { Length: > 0 } folder ? folder : "", Path.GetFileNameWithoutExtension(output) + "-runs");

    /// <summary>Prints a sentence that names settings, each formatted as <c>{nameof(Property):setting}</c>.</summary>
    public void SayNaming(FormattableString sentence) => Say(SettingSentence.Render(sentence, name));

    /// <summary>Prints a sentence for a person.</summary>
    public void Say(string sentence)
    {
        if (!quiet)
            lock (_console)
                Console.WriteLine(sentence);
    }

    /// <summary>Prints how far a long part has come.</summary>
    public void Progress(string sentence)
    {
        if (!quiet)
            lock (_console)
                Console.Error.WriteLine(sentence);
    }
}
