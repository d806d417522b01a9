@echo off
rem Builds what is missing or older than its sources, then runs the JVM and passes its exit code on.
rem   JAVA_HOME       chooses the JDK (17 or newer)
rem   PLANETARY_JVM   further options for the JVM
rem   PLANETARY_BUILD never: run what is there
setlocal DisableDelayedExpansion
set "here=%~dp0"
set "home=%here%target\planetary"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"

set "version="
for /f "tokens=3" %%v in ('call "%java%" -version 2^>^&1 ^| findstr /c:" version "') do if not defined version set "version=%%~v"
if not defined version (
  echo planetary: no Java found ^("%java%"^)>&2
  echo planetary: install a JDK, 17 or newer, or let JAVA_HOME name one>&2
  exit /b 2
)
for /f "tokens=1 delims=.-+" %%m in ("%version%") do set "major=%%m"
if %major% lss 17 (
  echo planetary: Java %major% ^("%java%"^) is too old>&2
  echo planetary: install a JDK, 17 or newer, or let JAVA_HOME name one>&2
  exit /b 2
)

if not exist "%here%pom.xml" goto run
if "%PLANETARY_BUILD%"=="never" goto run
powershell -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "%here%launcher\src\main\dist\build.ps1"
if errorlevel 1 exit /b %errorlevel%

:run
if not exist "%home%\planetary.args" (
  echo planetary: nothing to run in "%home%">&2
  echo planetary: run it without PLANETARY_BUILD=never, or run mvn package>&2
  exit /b 2
)
set "unsafe="
if %major% geq 24 set "unsafe=--sun-misc-unsafe-memory-access=allow"
"%java%" %unsafe% "@%home%\planetary.args" %PLANETARY_JVM% --module-path "%home%\lib" "-Dplanetary.home=%home%" --module dev.planetary.launcher/dev.planetary.launcher.Main %*
exit /b %errorlevel%
