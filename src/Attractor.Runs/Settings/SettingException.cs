namespace Attractor.Runs;

/// <summary>
/// Settings that do not go together, or not with the data. A library names the property, a command line its
/// option: whoever shows the message chooses.
/// </summary>
/// <remarks>Names of properties carry the format <c>setting</c>: <c>$"{nameof(Latent):setting} is {latent}: ..."</c>.</remarks>
public sealed class SettingException : ArgumentException
{
    private readonly FormattableString _sentence;

    /// <summary>Says what is wrong.</summary>
    /// <param name="sentence">One sentence that says how to mend it.</param>
    public SettingException(FormattableString sentence)
        : base(SettingSentence.Render(sentence))
        => _sentence = sentence;

    /// <summary>The message with the names of the settings as they are asked for.</summary>
    /// <param name="name">From the name of a property to that of, say, an option.</param>
    public string With(Func<string, string> name) => SettingSentence.Render(_sentence, name);
}
