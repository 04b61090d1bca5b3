using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Data;
using Attractor.Reports;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor plot</c>: a quick look at a recording.</summary>
internal static class PlotCommand
{
    public static Command Create()
    {
        Argument<string> source = CommonOptions.Recording("data");
        Option<int> steps = CommonOptions.Rows(10_000);
        Option<bool> time = new("--over-time") { Description = "every variable over time, also where there are two or three" };
        Option<double> width = new("--width")
        {
            Description = "width on paper in millimetres",
            DefaultValueFactory = _ => 170,
            HelpName = "mm"
        };
        Option<bool> terminal = new("--terminal") { Description = "draw it here, with dots of Braille, instead of into a file" };
        Option<double?> dt = CommonOptions.TimeStep();
        Option<string[]> parameters = CommonOptions.Parameters();
        OutputOption output = CommonOptions.OutputFile(
            "the file to write, .svg, .pdf, .png or .html [plot.svg]", ".svg", ".pdf", ".png", ".html", ".htm");
        Option<bool> json = CommonOptions.Json();
        Command command = new("plot", "Draw a recording: three variables as an orbit in space, two in a plane, one over time.")
        {
            source, steps, time, dt, parameters, width.In(SettingGroup.Output), terminal.In(SettingGroup.Output)
        };
        DataOptions data = new(command);
        command.Add(output);
        command.Add(json);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(steps) < 1)
                throw new ArgumentException($"--steps must be positive, not {parsed.GetValue(steps)}");
            if (parsed.GetValue(width) is not (>= 20 and <= 1000))
                throw new ArgumentException($"--width must be 20 to 1000, not {parsed.GetValue(width)}");
            if (parsed.GetValue(terminal) && (parsed.GetValue(json) || parsed.GetValue(output) is not null))
                throw new ArgumentException("--terminal draws on the standard output: leave -o and --json away");
            Recording recording = SeriesSource.Read(
                parsed.GetValue(source)!, parsed.GetValue(steps), parsed.GetValue(dt), parsed.GetValue(parameters), data.Given(parsed));
            DataLine.Report(DataLine.Of(parsed.GetValue(CommonOptions.Quiet), parsed.GetValue(json)), recording.Sentence);
            string path = parsed.GetValue(output) ?? "plot.svg", title = Path.GetFileName(parsed.GetValue(source)!);
            Figure figure = SeriesFigure.Of(recording.Series, title, recording.Dt, parsed.GetValue(time));
            if (parsed.GetValue(terminal))
            {
                Console.Write(TerminalFigure.Draw(figure));
                return 0;
            }
            if (FormatOf(path) is { } format)
            {
                byte[] drawing = FigureFiles.Draw(figure, format, parsed.GetValue(width));
                AtomicFile.Write(path, stream => stream.Write(drawing));
            }
            else
            {
                string rows = FormattableString.Invariant($"{recording.Series.Length:N0} rows.");
                new Report(title, rows, [new("Recording", [figure])]).Save(path);
            }
            if (parsed.GetValue(json))
                JsonOutput.Print(new JsonObject
                {
                    ["file"] = path,
                    ["rows"] = recording.Series.Length,
                    ["columns"] = recording.Series.Dimension,
                });
            else
                Console.WriteLine(path);
            return 0;
        });
        return command;
    }

    // Null for what is a page.
    private static FigureFormat? FormatOf(string path)
    {
        foreach (FigureFormat format in Enum.GetValues<FigureFormat>())
            if (Path.GetExtension(path).Equals(FigureFiles.Extension(format), StringComparison.OrdinalIgnoreCase))
                return format;
        return null;
    }
}
