using Attractor.Runs;

namespace Attractor.Cli.Output;

/// <summary>What a setting of the library is called on a command line.</summary>
internal static class OptionName
{
    /// <summary>The option of a property, such as <c>--lr</c> of <c>LearningRate</c>, or of an argument such as <c>overwrite</c>.</summary>
    public static string Of(string property)
        => ModelKinds.All.SelectMany(k => k.Settings.All).FirstOrDefault(s => s.Property == property)?.Option
            ?? SettingName.Option(SettingName.Key(property));
}
