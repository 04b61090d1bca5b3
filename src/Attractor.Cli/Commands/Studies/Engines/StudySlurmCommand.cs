using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Attractor.Cli.Output;
using Attractor.Data;
using Attractor.Runs;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor study slurm</c></summary>
internal static class StudySlurmCommand
{
    private const int MostTasks = 1_000_000;

    public static Command Create()
    {
        Argument<string> folder = StudyCommand.Folder();
        Option<int> tasks = new("--tasks") { Description = "workers: the size of the array", DefaultValueFactory = _ => 8, HelpName = "n" };
        Option<int?> atOnce = new("--at-once") { Description = "of them at a time [all]", HelpName = "n" };
        Option<int> cores = new("--cores") { Description = "cores of each", DefaultValueFactory = _ => 1, HelpName = "n" };
        Option<string?> time = new("--time") { Description = "time of a turn, such as 4:00:00 [the cluster's]", HelpName = "time" };
        Option<string?> memory = new("--memory") { Description = "memory of each, such as 4G [the cluster's]", HelpName = "size" };
        Option<string?> partition = new("--partition") { Description = "the partition [the cluster's]", HelpName = "name" };
        Option<string?> account = new("--account") { Description = "the account [yours]", HelpName = "name" };
        Option<string?> node = new("--node") { Description = "all on this one machine, which study.db is enough for", HelpName = "name" };
        Option<int> notice = new("--notice")
        {
            Description = "seconds before the end of the time at which a worker hands back",
            DefaultValueFactory = _ => 60,
            HelpName = "s",
        };
        Option<string> program = new("--program")
        {
            Description = "this program on the nodes",
            DefaultValueFactory = _ => "attractor",
            HelpName = "command",
        };
        Option<bool> submit = new("--submit") { Description = "hand the script to sbatch rather than print it" };
        OutputOption output = CommonOptions.OutputFile("a file for the script [the standard output]", ".sh", ".slurm", ".sbatch");
        Option<string?> store = StudyCommand.Store();
        Option<bool> json = CommonOptions.Json();
        Command command = new("slurm", "Print a batch script of Slurm: an array of workers, requeued as often as it takes.")
        {
            folder, tasks, atOnce, cores, time, memory, partition, account, node, notice, program, submit, output, store, json,
        };
        command.SetCancellableAction((parsed, token) =>
        {
            using Study study = Study.Open(parsed.GetValue(folder)!, StoreVariable.Or(parsed.GetValue(store)));
            if (parsed.GetValue(node) is null)
                EngineWords.RequireShared(study, ", or keep all workers on one machine by --node");
            if (parsed.GetValue(tasks) is < 1 or > MostTasks || parsed.GetValue(cores) < 1 || parsed.GetValue(atOnce) < 1
                || parsed.GetValue(notice) is < 1 or > 3600)
                throw new ArgumentException("--tasks, --at-once, --cores and --notice (at most 3600) must be positive");
            string onNodes = parsed.GetValue(program)!;
            if (onNodes.Any(char.IsControl))
                throw new ArgumentException("--program takes one line");
            List<(string, string)> requests = [];
            foreach ((Option<string?> option, string name) in ((Option<string?>, string)[])
                [(time, "time"), (memory, "mem"), (partition, "partition"), (account, "account"), (node, "nodelist")])
                if (parsed.GetValue(option) is { } value)
                    requests.Add((name, EngineWords.Plain(option.Name, value)));
            string script = new SlurmScript
            {
                Study = study.Path,
                Name = EngineWords.Name(study.Plan.Name),
                Tasks = parsed.GetValue(tasks),
                AtOnce = parsed.GetValue(atOnce),
                Cores = parsed.GetValue(cores),
                Requests = requests,
                Notice = parsed.GetValue(notice),
                Program = onNodes,
            }.ToString();
            string? file = parsed.GetValue(output);
            if (file is not null)
                AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(script)));
            string? job = parsed.GetValue(submit) ? Submit(script, token) : null;
            if (parsed.GetValue(json))
                JsonOutput.Print(new JsonObject { ["study"] = study.Path, ["script"] = script, ["file"] = file, ["job"] = job });
            else if (job is not null)
                Console.WriteLine($"job {job}\n  next: attractor study status {RunCommands.Quote(study.Path)}");
            else
                Console.WriteLine(file is null ? script.TrimEnd('\n') : $"{file}\n  next: sbatch {RunCommands.Quote(file)}");
            return 0;
        });
        return command;
    }

    private static string Submit(string script, CancellationToken token)
    {
        ProcessStartInfo start = new("sbatch", ["--parsable"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process sbatch = Process.Start(start)!;
            using CancellationTokenRegistration end = token.Register(sbatch.Kill);
            sbatch.StandardInput.Write(script);
            sbatch.StandardInput.Close();
            string answer = sbatch.StandardOutput.ReadToEnd().Trim(), errors = sbatch.StandardError.ReadToEnd().Trim();
            sbatch.WaitForExit();
            return sbatch.ExitCode == 0 ? answer.Split(';')[0] : throw new IOException($"sbatch refuses the script: {errors}");
        }
        catch (Win32Exception)
        {
            throw new IOException("there is no sbatch here: leave --submit out, and hand the script to it where there is one");
        }
    }
}
