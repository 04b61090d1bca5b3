using Attractor.Cli.Commands;
using k8s;
using k8s.Models;

namespace Attractor.Cli.Tests;

/// <summary>The manifest as Kubernetes reads it: by the types made of its published schema, with nothing unknown in it.</summary>
public sealed class KubernetesManifestTests
{
    private static readonly KubernetesJob s_job = new()
    {
        Name = "lorenz",
        Study = "/data/it's a \"study\"",
        Store = "postgres://study@db.example/studies",
        Workers = 50,
        Cores = 2,
        Memory = "4Gi",
        Image = "registry.example/attractor:1",
        Claim = "studies",
        Mount = "/data",
        Secret = "attractor-store",
    };

    [Fact]
    public void It_is_an_indexed_job_of_the_published_schema()
    {
        V1Job job = KubernetesYaml.Deserialize<V1Job>(s_job.ToString(), strict: true);

        Assert.Equal(("batch/v1", "Job", "lorenz"), (job.ApiVersion, job.Kind, job.Metadata.Name));
        Assert.Equal(("Indexed", 50, 50, 10), (
            job.Spec.CompletionMode, job.Spec.Completions, job.Spec.Parallelism, job.Spec.BackoffLimitPerIndex));
        // What the schema demands beside types: a policy on failures wants pods that are never started again, and one condition a rule.
        V1PodSpec pod = job.Spec.Template.Spec;
        Assert.Equal("Never", pod.RestartPolicy);
        Assert.All(job.Spec.PodFailurePolicy.Rules, rule =>
        {
            Assert.Equal("Ignore", rule.Action);
            Assert.True(rule.OnExitCodes is null != rule.OnPodConditions is null);
        });
        Assert.Equal([130], job.Spec.PodFailurePolicy.Rules[1].OnExitCodes.Values);
        Assert.Equal("DisruptionTarget", job.Spec.PodFailurePolicy.Rules[0].OnPodConditions[0].Type);

        V1Container worker = Assert.Single(pod.Containers);
        Assert.Equal(["study", "work", "/data/it's a \"study\"", "--leave"], worker.Args);
        Assert.Equal("registry.example/attractor:1", worker.Image);
        Assert.Equal("postgres://study@db.example/studies", worker.Env.Single(e => e.Name == "ATTRACTOR_STORE").Value);
        V1SecretKeySelector password = worker.Env.Single(e => e.Name == "PGPASSWORD").ValueFrom.SecretKeyRef;
        Assert.Equal(("attractor-store", "password"), (password.Name, password.Key));
        Assert.Equal(("2", "4Gi"), (worker.Resources.Limits["cpu"].ToString(), worker.Resources.Requests["memory"].ToString()));
        Assert.Equal("/data", Assert.Single(worker.VolumeMounts).MountPath);
        Assert.Equal(worker.VolumeMounts[0].Name, Assert.Single(pod.Volumes).Name);
        Assert.Equal("studies", pod.Volumes[0].PersistentVolumeClaim.ClaimName);
    }

    [Fact]
    public void A_key_that_the_schema_has_not_would_be_found()
        => Assert.ThrowsAny<Exception>(() => KubernetesYaml.Deserialize<V1Job>(
            s_job.ToString().Replace("completionMode", "completionMod", StringComparison.Ordinal), strict: true));
}
