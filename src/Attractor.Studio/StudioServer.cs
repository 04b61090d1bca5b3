using System.Net;
using System.Security.Cryptography.X509Certificates;
using Attractor.Studio.Folders;
using Attractor.Studio.Hosting;
using Attractor.Studio.Pages;
using Attractor.Studio.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Attractor.Studio;

/// <summary>The studio: a folder of runs as pages of a browser.</summary>
internal sealed class StudioServer : IAsyncDisposable
{
    private const int MostConnections = 512;

    private static readonly TimeSpan s_headers = TimeSpan.FromSeconds(10), s_idle = TimeSpan.FromSeconds(60);

    private readonly WebApplication _application;

    private StudioServer(WebApplication application, Uri address, string token)
        => (_application, Address, Link) = (application, address, new(address, $"/?{Access.TokenKey}={token}"));

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>The link that opens it, with its secret.</summary>
    public Uri Link { get; }

    /// <summary>The folder as the studio sees it.</summary>
    public StudioFolder Folder => _application.Services.GetRequiredService<StudioFolder>();

    /// <summary>Starts to listen.</summary>
    /// <exception cref="ArgumentException">The options would leave it open to strangers, or name no folder.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<StudioServer> StartAsync(StudioOptions options, CancellationToken cancellationToken = default)
    {
        options.Check();
        X509Certificate2? certificate = options.ReadCertificate();
        // Neither files nor variables of whatever is around have a say.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new()
        {
            ApplicationName = typeof(StudioServer).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Limit(kestrel, options, certificate));
        if (options.Tls is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        AddServices(builder.Services, options);
        WebApplication application = builder.Build();
        Map(application);
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        string bound = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        int port = new Uri(bound.Replace("[::]", "localhost", StringComparison.Ordinal)).Port;
        Access access = application.Services.GetRequiredService<Access>();
        access.Port = application.Services.GetRequiredService<RequestGuard>().Port = port;
        IPAddress shown = options.Address.Equals(IPAddress.Any) || options.Address.Equals(IPAddress.IPv6Any)
            ? IPAddress.Loopback
            : options.Address;
        UriBuilder address = new(options.Tls is null ? "http" : "https", shown.ToString(), port);
        return new(application, address.Uri, access.Token);
    }

    /// <summary>Stops to listen; trainings go on.</summary>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(1));
        await _application.StopAsync(patience.Token).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static void Limit(KestrelServerOptions kestrel, StudioOptions options, X509Certificate2? certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = kestrel.Limits.MaxConcurrentUpgradedConnections = MostConnections;
        kestrel.Limits.MaxRequestBodySize = 1 << 20;
        kestrel.Limits.MaxRequestHeadersTotalSize = 1 << 14;
        kestrel.Limits.RequestHeadersTimeout = s_headers;
        kestrel.Limits.KeepAliveTimeout = s_idle;
        kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1024, gracePeriod: s_headers);
        kestrel.Limits.MinResponseDataRate = new(bytesPerSecond: 1024, gracePeriod: s_headers);
        kestrel.Listen(options.Address, options.Port, listen =>
        {
            // A socket of the pages is an upgrade of the first version of the protocol.
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
                listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate });
        });
    }

    private static void AddServices(IServiceCollection services, StudioOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<LoginLimit>();
        services.AddSingleton<Access>();
        services.AddSingleton<RequestGuard>();
        services.AddSingleton<StudioFolder>();
        services.AddSingleton<RunList>();
        services.AddSingleton<RunWatches>();
        services.AddSingleton<Jobs>();
        services.AddRouting();
        // What is signed is worth as much as this process: nothing is written to the home folder.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.HeaderName = "X-Studio-Token";
            antiforgery.Cookie.Name = $"attractor-studio-form-{Guid.NewGuid():N}";
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            circuits.DisconnectedCircuitMaxRetained = 10;
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(2);
        });
    }

    private static void Map(WebApplication application)
    {
        application.Use(next => context => context.RequestServices.GetRequiredService<RequestGuard>().Invoke(context, next));
        application.Use(next => context => context.RequestServices.GetRequiredService<Access>().Invoke(context, next));
        // An address that is none is answered by the page that says so, with its own status.
        application.UseWhen(
            context => HttpMethods.IsGet(context.Request.Method),
            asked => asked.UseStatusCodePagesWithReExecute("/missing", createScopeForStatusCodePages: true));
        application.UseRouting();
        application.UseAntiforgery();
        application.MapEmbeddedFiles();
        application.MapUpload();
        application.MapReports();
        application.MapRazorComponents<App>().AddInteractiveServerRenderMode(server =>
        {
            server.ContentSecurityFrameAncestorsPolicy = null;
            server.DisableWebSocketCompression = true;
        });
    }
}
