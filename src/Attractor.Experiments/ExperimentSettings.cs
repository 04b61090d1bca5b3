using Attractor.Runs;

namespace Attractor.Experiments;

/// <summary>What the command line says about an experiment; null leaves it to the experiment.</summary>
/// <param name="Data">A folder with train.npy and test.npy.</param>
/// <param name="DelayData">Another, delay-embedded.</param>
/// <param name="Updates">Gradient steps of each training.</param>
/// <param name="Seeds">Seeds to train with.</param>
/// <param name="Periods">Periods to average over.</param>
/// <param name="Epochs">Passes over the data of each training.</param>
/// <param name="Output">The file or folder to write.</param>
/// <param name="Quiet">Whether to print nothing but the result.</param>
internal sealed record ExperimentSettings(
    string? Data, string? DelayData, long? Updates, IReadOnlyList<long>? Seeds, int? Periods, int? Epochs, string? Output, bool Quiet)
{
    /// <summary>From the name of a property to what whoever asks calls it.</summary>
    public Func<string, string> Name { get; init; } = property => property;

    /// <summary>Prints a sentence that names settings, each formatted as <c>{nameof(Property):setting}</c>.</summary>
    public void SayNaming(FormattableString sentence) => Say(SettingSentence.Render(sentence, Name));

    /// <summary>Prints a sentence for a person.</summary>
    public void Say(string sentence)
    {
        if (!Quiet)
            Console.WriteLine(sentence);
    }
}
