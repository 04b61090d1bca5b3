using System.CommandLine;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor study report</c></summary>
internal static class StudyReportCommand
{
    public static Command Create()
    {
        Argument<string> folder = StudyCommand.Folder();
        OutputOption output = CommonOptions.OutputFile("the HTML file [STUDY/report.html]", OutputOption.Page);
        Option<string?> store = StudyCommand.Store();
        Option<bool> json = CommonOptions.Json();
        Command command = new("report", "Write one HTML file on a study: trials, settings that matter, failures.")
        {
            folder, output, store, json,
        };
        command.SetCancellableAction((parsed, _) =>
        {
            using Study study = Study.Open(parsed.GetValue(folder)!, StoreVariable.Or(parsed.GetValue(store)));
            string path = parsed.GetValue(output) ?? Request.ReportIn(study.Path);
            StudyReport.Write(study, path);
            if (parsed.GetValue(json))
                JsonOutput.Print(new JsonObject { ["report"] = path });
            else
                Console.WriteLine(path);
            return 0;
        });
        return command;
    }
}
