using Sweeper.Silo.Page.Access;
using Sweeper.Silo.Page.Endpoints;
using Sweeper.Silo.Page.Serving;

namespace Sweeper.Silo.Page;

/// <summary>Adds the live page to a silo.</summary>
internal static class LivePage
{
    /// <summary>Adds it, where it is to be served.</summary>
    /// <param name="builder">Builds the silo.</param>
    /// <param name="options">Options of the silo.</param>
    /// <param name="folder">Data folder.</param>
    public static void AddLivePage(this WebApplicationBuilder builder, SiloOptions options, DataFolder folder)
    {
        if (!options.Page.Serve)
        {
            return;
        }

        IServiceCollection services = builder.Services;
        services.AddSingleton(folder).AddSingleton(options.Page).AddSingleton(PageKey.Open(folder.Root));
        services.AddSingleton<PageSessions>().AddSingleton<PageUsers>().AddSingleton<PageAudit>().AddSingleton<SignInCodes>().AddSingleton<SignInLimit>().AddSingleton<PageGuard>();
        services.AddSingleton<JobLogs>().AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<JobLogs>());
        services.AddSingleton<PageLife>().AddSingleton<AnalysisCache>();
        services.AddSingleton<SessionEndpoints>().AddSingleton<SweepEndpoints>().AddSingleton<StreamEndpoint>();
        services.AddSingleton<JobEndpoints>().AddSingleton<ExportEndpoints>().AddSingleton<ActionEndpoints>().AddSingleton<SubmitEndpoint>();
        services.AddSingleton<PageServer>().AddHostedService(provider => provider.GetRequiredService<PageServer>());

        // Jobs' own lines are kept from debug on, whatever the console shows.
        builder.Logging.AddFilter<JobLogs>(null, LogLevel.None).AddFilter<JobLogs>("Sweeper", LogLevel.Debug);
    }
}
