#!/bin/bash
# Links a Java with the modules that a program uses and no others: link-java.sh JAR DIRECTORY-OF-LIBRARIES DESTINATION
# Needs a JDK 25 in JAVA_HOME or on the PATH.
set -euo pipefail
jar=$1 libraries=$2 destination=$3
jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}

# Modules that no bytecode names: TLS by elliptic curves, sockets' keep-alive options, jar files as file systems, sun.misc.Unsafe.
modules=$("$jdk/bin/jdeps" --print-module-deps --ignore-missing-deps --multi-release 25 --recursive \
  --class-path "$libraries/*" "$jar"),jdk.crypto.ec,jdk.net,jdk.zipfs,jdk.unsupported

"$jdk/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages \
  --compress zip-6 --output "$destination"
# Java searches the class path for a security provider that is listed but missing, and would load Bouncy Castle at every
# start to ask for it; only keys over ssh need Bouncy Castle, by name.
security=$destination/conf/security/java.security
sed -E '/^security\.provider\.[0-9]+=(XMLDSig|SunPCSC|JdkLDAP|JdkSASL|SunPKCS11)$/d' "$security" >"$security.new"
mv "$security.new" "$security"
