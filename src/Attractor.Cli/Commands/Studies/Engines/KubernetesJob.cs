using System.Text;
using System.Text.Json;

namespace Attractor.Cli.Commands;

/// <summary>An indexed Job of Kubernetes whose pods are workers.</summary>
internal sealed record KubernetesJob
{
    /// <summary>What to call it.</summary>
    public required string Name { get; init; }

    /// <summary>The study's folder, whole, as it is mounted.</summary>
    public required string Study { get; init; }

    /// <summary>The store without its password; null for what the study itself says.</summary>
    public required string Store { get; init; }

    /// <summary>How many workers.</summary>
    public required int Workers { get; init; }

    /// <summary>Cores of each.</summary>
    public required int Cores { get; init; }

    /// <summary>Memory of each.</summary>
    public required string Memory { get; init; }

    /// <summary>The container image.</summary>
    public required string Image { get; init; }

    /// <summary>The claim of the volume that all pods see.</summary>
    public required string Claim { get; init; }

    /// <summary>Where it is mounted.</summary>
    public required string Mount { get; init; }

    /// <summary>The secret whose key <c>password</c> is the store's.</summary>
    public required string Secret { get; init; }

    /// <summary>The manifest.</summary>
    public override string ToString()
    {
        StringBuilder yaml = new();
        Line(yaml, 0, "apiVersion: batch/v1");
        Line(yaml, 0, "kind: Job");
        Line(yaml, 0, "metadata:");
        Line(yaml, 1, $"name: {Name}");
        Line(yaml, 0, "spec:");
        Line(yaml, 1, "completionMode: Indexed");
        Line(yaml, 1, FormattableString.Invariant($"completions: {Workers}"));
        Line(yaml, 1, FormattableString.Invariant($"parallelism: {Workers}"));
        Line(yaml, 1, "backoffLimitPerIndex: 10");
        Line(yaml, 1, "podFailurePolicy:");
        Line(yaml, 2, "rules:");
        Line(yaml, 2, "# A pod that is moved, or was told to end and handed its trial back, has not failed.");
        Line(yaml, 2, "- action: Ignore");
        Line(yaml, 3, "onPodConditions:");
        Line(yaml, 3, "- type: DisruptionTarget");
        Line(yaml, 2, "- action: Ignore");
        Line(yaml, 3, "onExitCodes:");
        Line(yaml, 4, "operator: In");
        Line(yaml, 4, "values: [130]");
        Line(yaml, 1, "template:");
        Line(yaml, 2, "spec:");
        Line(yaml, 3, "restartPolicy: Never");
        Line(yaml, 3, "terminationGracePeriodSeconds: 60");
        Line(yaml, 3, "containers:");
        Line(yaml, 3, "- name: worker");
        Line(yaml, 4, $"image: {Text(Image)}");
        Line(yaml, 4, $"args: [\"study\", \"work\", {Text(Study)}, \"--leave\"]");
        Line(yaml, 4, "env:");
        Line(yaml, 4, $"- {{name: ATTRACTOR_STORE, value: {Text(Store)}}}");
        Line(yaml, 4, "- name: PGPASSWORD");
        Line(yaml, 5, $"valueFrom: {{secretKeyRef: {{name: {Text(Secret)}, key: password}}}}");
        Line(yaml, 4, "resources:");
        foreach (string kind in (string[])["requests", "limits"])
            Line(yaml, 5, FormattableString.Invariant($"{kind}: {{cpu: \"{Cores}\", memory: {Text(Memory)}}}"));
        Line(yaml, 4, "volumeMounts:");
        Line(yaml, 4, $"- {{name: studies, mountPath: {Text(Mount)}}}");
        Line(yaml, 3, "volumes:");
        Line(yaml, 3, $"- {{name: studies, persistentVolumeClaim: {{claimName: {Text(Claim)}}}}}");
        return yaml.ToString();
    }

    private static void Line(StringBuilder yaml, int level, string text) => yaml.Append(' ', 2 * level).Append(text).Append('\n');

    // A string of JSON is one of YAML.
    private static string Text(string text) => JsonEncodedText.Encode(text) is var encoded ? $"\"{encoded}\"" : "";
}
