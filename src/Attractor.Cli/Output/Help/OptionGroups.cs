using System.CommandLine;
using System.Runtime.CompilerServices;
using Attractor.Runs;

namespace Attractor.Cli.Output;

/// <summary>What options are about, for help: said where an option is made, else that of what the command is for.</summary>
internal static class OptionGroups
{
    private static readonly ConditionalWeakTable<Option, object> s_groups = [];

    /// <summary>Says what an option is about.</summary>
    /// <returns>The option.</returns>
    public static T In<T>(this T option, SettingGroup group)
        where T : Option
    {
        s_groups.AddOrUpdate(option, group);
        return option;
    }

    /// <summary>What an option is about.</summary>
    public static SettingGroup Of(Option option)
        => s_groups.TryGetValue(option, out object? group) ? (SettingGroup)group
            : option is OutputOption ? SettingGroup.Output
            : SettingGroup.General;
}
